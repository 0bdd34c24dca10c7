/* Steps that build the container's file tree. Every path of the container is resolved below its root by the kernel
 * (openat2), and mounts are made detached and then moved onto the descriptor found, so that no link can redirect them. */
#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <linux/magic.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/sysmacros.h>

#include "kernel.h"
#include "steps.h"

enum make { MAKE_NOTHING, MAKE_DIRECTORY, MAKE_FILE };

static bool arguments(const struct field *a, int from, int count, long long *out) {
  for (int i = 0; i < count; i++)
    if (!number(&a[from + i], &out[i])) return errno = EINVAL, false;
  return true;
}

static int close_keeping_errno(int fd) {
  int error = errno;
  if (fd >= 0) close(fd);
  errno = error;
  return -1;
}

/* O_PATH descriptor of a path in the container; makes what is missing, the parents as 0755 directories. A link that
 * leads nowhere is followed: what it names is made. */
static int resolve(int root, const char *path, enum make make, mode_t mode) {
  char at[PATH_MAX], link[PATH_MAX], joined[PATH_MAX];
  if (strlen(path) >= sizeof at) return errno = ENAMETOOLONG, -1;
  strcpy(at, path);
  for (int links = 0; links < 40; links++) {
    size_t end = strlen(at);
    while (end > 1 && at[end - 1] == '/') at[--end] = 0;
    int fd = open_in_root(root, *at ? at : ".", O_PATH);
    if (fd >= 0 || errno != ENOENT || make == MAKE_NOTHING) return fd;
    char *slash = strrchr(at, '/');
    const char *last = slash ? slash + 1 : at;
    char parent_path[PATH_MAX];
    size_t parent_length = slash ? (size_t)(slash - at) : 0;
    memcpy(parent_path, at, parent_length);
    strcpy(parent_path + parent_length, parent_length ? "" : "/");
    int parent = resolve(root, parent_path, MAKE_DIRECTORY, 0755);
    if (parent < 0) return -1;
    int made = make == MAKE_DIRECTORY ? mkdirat(parent, last, mode)
                                      : openat(parent, last, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
    if (made >= 0) {
      if (make == MAKE_FILE) close(made);
      fd = openat(parent, last, O_PATH | O_NOFOLLOW | O_CLOEXEC);
      close_keeping_errno(parent);
      return fd;
    }
    if (errno != EEXIST) return close_keeping_errno(parent);
    ssize_t length = readlinkat(parent, last, link, sizeof link - 1);
    close_keeping_errno(parent);
    if (length < 0) return -1;
    link[length] = 0;
    int n = link[0] == '/' ? snprintf(joined, sizeof joined, "%s", link)
                           : snprintf(joined, sizeof joined, "%.*s/%s", (int)parent_length, at, link);
    if (n < 0 || (size_t)n >= sizeof joined) return errno = ENAMETOOLONG, -1;
    strcpy(at, joined);
  }
  return errno = ELOOP, -1;
}

/* Consumes `tree`. */
static int attach(struct setup *s, int tree, const char *target, enum make make) {
  if (tree < 0) return -1;
  int at = resolve(s->root, target, make, make == MAKE_FILE ? 0644 : 0755);
  int result = at < 0 ? -1 : tree_move(tree, at);
  close_keeping_errno(at);
  close_keeping_errno(tree);
  return result;
}

int step_propagation(struct setup *s, const struct field *a, int count) {
  long long bits;
  (void)s;
  return arguments(a, 0, 1, &bits) && count == 1 ? mount_classic(NULL, "/", NULL, (unsigned long)bits, NULL) : -1;
}

/* base, lowers relative to it or "", upper or "", work, where to mount, options */
int step_overlay(struct setup *s, const struct field *a, int count) {
  char *options = NULL;
  const char *more = count > 5 ? a[5].text : "";
  int result;
  if (!a[1].length) {
    result = mount_classic(a[2].text, a[4].text, NULL, MS_BIND, NULL);
  } else {
    size_t size = a[1].length + a[2].length + a[3].length + strlen(more) + 64;
    if (!(options = malloc(size))) return -1;
    snprintf(options, size, "lowerdir=%s%s%s%s%s%s%s", a[1].text, a[2].length ? ",upperdir=" : "", a[2].text,
             a[2].length ? ",workdir=" : "", a[3].text, *more ? "," : "", more);
    result = chdir(a[0].text) < 0 ? -1 : mount_classic("overlay", a[4].text, "overlay", 0, options);
  }
  free(options);
  if (result < 0 || chdir("/") < 0) return -1;
  s->root = open(a[4].text, O_PATH | O_DIRECTORY | O_CLOEXEC);
  return s->root < 0 ? -1 : 0;
}

/* source, target, recursive, attributes, attributes of what is below too, propagation */
int step_bind(struct setup *s, const struct field *a, int count) {
  long long n[4] = {0, 0, 0, MS_PRIVATE};
  if (!arguments(a, 2, count - 2 < 4 ? count - 2 : 4, n)) return -1;
  int tree = tree_clone(AT_FDCWD, a[0].text, n[0] ? AT_RECURSIVE : 0);
  struct stat st;
  struct mount_attr own = {.attr_set = (unsigned)n[1]}, all = {.propagation = (unsigned)n[3]};
  if (n[2]) all.attr_set = own.attr_set;
  if (tree < 0) return -1;
  if (fstat(tree, &st) < 0 || tree_attributes(tree, AT_RECURSIVE, &all) < 0 ||
      (own.attr_set && tree_attributes(tree, 0, &own) < 0))
    return close_keeping_errno(tree);
  return attach(s, tree, a[1].text, S_ISDIR(st.st_mode) ? MAKE_DIRECTORY : MAKE_FILE);
}

int bind_descriptor(struct setup *s, int fd, const char *target) {
  return attach(s, tree_clone(fd, "", AT_EMPTY_PATH), target, MAKE_FILE);
}

/* mount namespace, path: what another container has mounted in memory there becomes ours too */
int step_share(struct setup *s, const struct field *a, int count) {
  int own = open("/proc/self/ns/mnt", O_RDONLY | O_CLOEXEC), other = open(a[0].text, O_RDONLY | O_CLOEXEC), tree = -1;
  struct statfs fs;
  (void)count;
  if (own >= 0 && other >= 0 && setns(other, CLONE_NEWNS) == 0) {
    tree = tree_clone(AT_FDCWD, a[1].text, 0);
    int error = errno;
    if (setns(own, CLONE_NEWNS) < 0) return -1;
    errno = error;
    if (tree >= 0 && (fstatfs(tree, &fs) < 0 || fs.f_type != TMPFS_MAGIC)) errno = EINVAL, tree = close_keeping_errno(tree);
  }
  close_keeping_errno(own);
  close_keeping_errno(other);
  return attach(s, tree, a[1].text, MAKE_DIRECTORY);
}

/* base, lowers relative to it, where to mount for a moment, target: read-only layers without a writable one */
int step_layers(struct setup *s, const struct field *a, int count) {
  size_t size = a[1].length + 16;
  char *options = malloc(size);
  (void)count;
  if (!options) return -1;
  snprintf(options, size, "lowerdir=%s", a[1].text);
  int mounted = chdir(a[0].text) < 0 ? -1
                : strchr(a[1].text, ':')
                    ? mount_classic("overlay", a[2].text, "overlay", MS_RDONLY, options)
                    : mount_classic(a[1].text, a[2].text, NULL, MS_BIND, NULL);
  free(options);
  if (mounted < 0 || chdir("/") < 0) return -1;
  struct mount_attr attributes = {.attr_set = MOUNT_ATTR_RDONLY};
  int tree = tree_clone(AT_FDCWD, a[2].text, 0);
  if (syscall(SYS_umount2, a[2].text, MNT_DETACH) < 0 || tree < 0 || tree_attributes(tree, 0, &attributes) < 0)
    return close_keeping_errno(tree);
  return attach(s, tree, a[3].text, MAKE_DIRECTORY);
}

static int new_tree(const char *type, unsigned attributes, const struct field *options, int count) {
  int fs = fs_open(type);
  if (fs < 0) return -1;
  bool named = false;
  for (int i = 0; i < count; i++) named |= strncmp(options[i].text, "source=", 7) == 0;
  if (!named && fs_config(fs, FSCONFIG_SET_STRING, "source", type) < 0) return close_keeping_errno(fs);
  for (int i = 0; i < count; i++) {
    char *equals = strchr(options[i].text, '=');
    if (equals) *equals = 0;
    int set = equals ? fs_config(fs, FSCONFIG_SET_STRING, options[i].text, equals + 1)
                     : fs_config(fs, FSCONFIG_SET_FLAG, options[i].text, NULL);
    if (set < 0) return close_keeping_errno(fs);
  }
  int tree = fs_config(fs, FSCONFIG_CMD_CREATE, NULL, NULL) < 0 ? -1 : fs_mount(fs, attributes);
  close_keeping_errno(fs);
  return tree;
}

/* type, target, attributes, options… */
int step_mount(struct setup *s, const struct field *a, int count) {
  long long attributes;
  if (!arguments(a, 2, 1, &attributes)) return -1;
  return attach(s, new_tree(a[0].text, (unsigned)attributes, a + 3, count - 3), a[1].text, MAKE_DIRECTORY);
}

/* path, mode; one that is there stays as it is */
int step_directory(struct setup *s, const struct field *a, int count) {
  long long mode;
  (void)count;
  if (!arguments(a, 1, 1, &mode)) return -1;
  int fd = resolve(s->root, a[0].text, MAKE_DIRECTORY, (mode_t)mode);
  struct stat st;
  int result = fd < 0 ? -1 : fstat(fd, &st);
  if (result == 0 && !S_ISDIR(st.st_mode)) errno = ENOTDIR, result = -1;
  close_keeping_errno(fd);
  return result;
}

static int parent_of(struct setup *s, const char *path, const char **last) {
  char parent[PATH_MAX];
  const char *slash = strrchr(path, '/');
  if (!slash || (size_t)(slash - path) >= sizeof parent) return errno = EINVAL, -1;
  memcpy(parent, path, (size_t)(slash - path));
  strcpy(parent + (slash - path), slash == path ? "/" : "");
  *last = slash + 1;
  return resolve(s->root, parent, MAKE_DIRECTORY, 0755);
}

/* what it points to, path */
int step_link(struct setup *s, const struct field *a, int count) {
  const char *last;
  (void)count;
  int parent = parent_of(s, a[1].text, &last);
  if (parent < 0) return -1;
  int result = symlinkat(a[0].text, parent, last);
  close_keeping_errno(parent);
  return result < 0 && errno != EEXIST ? -1 : 0;
}

/* path, mode with type, major, minor, user, group, replace */
int step_device(struct setup *s, const struct field *a, int count) {
  const char *last;
  long long n[6];
  (void)count;
  if (!arguments(a, 1, 6, n)) return -1;
  int parent = parent_of(s, a[0].text, &last);
  if (parent < 0) return -1;
  if (n[5]) unlinkat(parent, last, 0);
  int result = mknodat(parent, last, (mode_t)n[0], makedev((unsigned)n[1], (unsigned)n[2])) < 0 ||
                       fchownat(parent, last, (uid_t)n[3], (gid_t)n[4], AT_SYMLINK_NOFOLLOW) < 0
                   ? -1
                   : 0;
  return close_keeping_errno(parent), result;
}

/* path; one that is missing needs no mask */
int step_mask(struct setup *s, const struct field *a, int count) {
  static int nothing = -1; /* one empty folder serves for all */
  struct field empty = {(char[]){"ro"}, 2};
  (void)count;
  int at = resolve(s->root, a[0].text, MAKE_NOTHING, 0);
  if (at < 0) return errno == ENOENT || errno == ENOTDIR ? 0 : -1;
  struct stat st;
  int tree = -1;
  if (fstat(at, &st) == 0) {
    if (!S_ISDIR(st.st_mode)) {
      /* the container's own: the host's would let it change the mode of that */
      int null = open_in_root(s->root, "/dev/null", O_PATH | O_NOFOLLOW);
      if (null >= 0 && fstat(null, &st) == 0 && S_ISCHR(st.st_mode) && st.st_rdev == makedev(1, 3))
        tree = tree_clone(null, "", AT_EMPTY_PATH);
      else if (null >= 0) errno = ENODEV;
      close_keeping_errno(null);
    } else {
      if (nothing < 0) nothing = new_tree("tmpfs", MOUNT_ATTR_RDONLY, &empty, 1);
      tree = nothing < 0 ? -1 : tree_clone(nothing, "", AT_EMPTY_PATH);
      if (tree < 0 && nothing >= 0) tree = new_tree("tmpfs", MOUNT_ATTR_RDONLY, &empty, 1);
    }
  }
  int result = tree < 0 ? -1 : tree_move(tree, at);
  close_keeping_errno(tree);
  close_keeping_errno(at);
  return result;
}

/* path; one that is missing needs no protection */
int step_read_only(struct setup *s, const struct field *a, int count) {
  struct mount_attr attributes = {.attr_set = MOUNT_ATTR_RDONLY};
  (void)count;
  int at = resolve(s->root, a[0].text, MAKE_NOTHING, 0);
  if (at < 0) return errno == ENOENT || errno == ENOTDIR ? 0 : -1;
  struct statx st;
  if (statx(at, "", AT_EMPTY_PATH, 0, &st) == 0 && st.stx_attributes & STATX_ATTR_MOUNT_ROOT) {
    int result = tree_attributes(at, AT_RECURSIVE, &attributes);
    close_keeping_errno(at);
    return result;
  }
  int tree = tree_clone(at, "", AT_EMPTY_PATH | AT_RECURSIVE);
  int result = tree < 0 || tree_attributes(tree, AT_RECURSIVE, &attributes) < 0 ? -1 : tree_move(tree, at);
  close_keeping_errno(tree);
  close_keeping_errno(at);
  return result;
}

int step_read_only_root(struct setup *s, const struct field *a, int count) {
  struct mount_attr attributes = {.attr_set = MOUNT_ATTR_RDONLY};
  (void)a, (void)count;
  return tree_attributes(s->root, 0, &attributes);
}

/* The host's tree goes away entirely: with both arguments the same, the old root ends up on top of the new one. */
int step_pivot(struct setup *s, const struct field *a, int count) {
  (void)a, (void)count;
  if (fchdir(s->root) < 0 || syscall(SYS_pivot_root, ".", ".") < 0 || syscall(SYS_umount2, ".", MNT_DETACH) < 0 ||
      chdir("/") < 0)
    return -1;
  close(s->root);
  s->root = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
  return s->root < 0 ? -1 : 0;
}
