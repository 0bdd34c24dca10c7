/* System calls that an older C library has no name for. linux/mount.h and sys/mount.h exclude each other. */
#ifndef JCOMPOSE_KERNEL_H
#define JCOMPOSE_KERNEL_H

#include <fcntl.h>
#include <linux/mount.h>
#include <linux/openat2.h>
#include <linux/sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef AT_RECURSIVE
#define AT_RECURSIVE 0x8000
#endif
#ifndef MNT_DETACH
#define MNT_DETACH 2
#endif

static inline int mount_classic(const char *source, const char *target, const char *type, unsigned long flags,
                                const char *options) {
  return (int)syscall(SYS_mount, source, target, type, flags, options);
}
static inline int fs_open(const char *type) { return (int)syscall(SYS_fsopen, type, FSOPEN_CLOEXEC); }
static inline int fs_config(int fd, unsigned command, const char *key, const char *value) {
  return (int)syscall(SYS_fsconfig, fd, command, key, value, 0);
}
static inline int fs_mount(int fd, unsigned attributes) {
  return (int)syscall(SYS_fsmount, fd, FSMOUNT_CLOEXEC, attributes);
}
static inline int tree_clone(int at, const char *path, unsigned flags) {
  return (int)syscall(SYS_open_tree, at, path, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | flags);
}
static inline int tree_attributes(int fd, unsigned flags, struct mount_attr *attributes) {
  return (int)syscall(SYS_mount_setattr, fd, "", AT_EMPTY_PATH | flags, attributes, sizeof *attributes);
}
static inline int tree_move(int from, int to) {
  return (int)syscall(SYS_move_mount, from, "", to, "", MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH);
}
/* Links, absolute ones too, and ".." stay below `root`. */
static inline int open_in_root(int root, const char *path, unsigned long long flags) {
  struct open_how how = {.flags = flags | O_CLOEXEC, .resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS};
  return (int)syscall(SYS_openat2, root, path, &how, sizeof how);
}

#endif
