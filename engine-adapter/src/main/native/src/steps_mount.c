/* Steps that build the container's file tree. Every path of the container is resolved below its root by the kernel
 * (openat2), and mounts are made detached and then moved onto the descriptor found, so that no link can redirect them. */
#include "steps.h"

enum make { MAKE_NOTHING, MAKE_DIRECTORY, MAKE_FILE };

static const struct mount_attr READ_ONLY = {.attr_set = MOUNT_ATTR_RDONLY};

static int resolve(int root, const char *path, enum make make, mode_t mode);

/* Its folder, made where it is missing, and the name in there. */
static int parent_of(int root, const char *path, const char **last) {
  char parent[PATH_MAX];
  const char *slash = strrchr(path, '/');
  *last = slash ? slash + 1 : path;
  if (strlen(path) >= sizeof parent) return errno = ENAMETOOLONG, -1;
  snprintf(parent, sizeof parent, "%.*s", slash ? (int)(slash - path) : 0, path);
  return resolve(root, parent, MAKE_DIRECTORY, 0755);
}

/* O_PATH descriptor of a path in the container; makes what is missing, the parents as 0755 directories. A link that
 * leads nowhere is followed: what it names is made. */
static int resolve(int root, const char *path, enum make make, mode_t mode) {
  char at[PATH_MAX], link[PATH_MAX], joined[PATH_MAX];
  const char *last;
  if (strlen(path) >= sizeof at) return errno = ENAMETOOLONG, -1;
  strcpy(at, path);
  for (int links = 0; links < 40; links++) {
    for (size_t end = strlen(at); end > 1 && at[end - 1] == '/';) at[--end] = 0;
    int fd = open_in_root(root, *at ? at : ".", O_PATH);
    if (fd >= 0 || errno != ENOENT || make == MAKE_NOTHING) return fd;
    CLOSED_AT_END int parent = parent_of(root, at, &last);
    if (parent < 0) return -1;
    CLOSED_AT_END int file =
        make == MAKE_FILE ? openat(parent, last, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode) : -1;
    if (make == MAKE_FILE ? file >= 0 : mkdirat(parent, last, mode) == 0)
      return openat(parent, last, O_PATH | O_NOFOLLOW | O_CLOEXEC);
    if (errno != EEXIST) return -1;
    ssize_t length = readlinkat(parent, last, link, sizeof link - 1);
    if (length < 0) return -1;
    link[length] = 0;
    int n = snprintf(joined, sizeof joined, "%.*s%s", *link == '/' ? 0 : (int)(last - at), at, link);
    if (n < 0 || (size_t)n >= sizeof joined) return errno = ENAMETOOLONG, -1;
    strcpy(at, joined);
  }
  return errno = ELOOP, -1;
}

/* A tree goes where a folder is, or is made, a lone file where a file is. */
static int attach(struct setup *s, int tree, const char *target) {
  struct stat st;
  if (tree < 0 || fstat(tree, &st) < 0) return -1;
  bool folder = S_ISDIR(st.st_mode);
  CLOSED_AT_END int at = resolve(s->root, target, folder ? MAKE_DIRECTORY : MAKE_FILE, folder ? 0755 : 0644);
  if (at < 0 || fstat(at, &st) < 0) return -1;
  return S_ISDIR(st.st_mode) == folder ? tree_move(tree, at) : (errno = ENOTDIR, -1);
}

/* what the other steps call the container's root from now on */
STEP(root) {
  close_descriptor(&s->root);
  s->root = open(a[0].text, O_PATH | O_DIRECTORY | O_CLOEXEC);
  return s->root < 0 ? -1 : 0;
}

/* source, target, recursive, attributes, attributes of what is below too, propagation, a path below the source (optional:
 * others may be changing what is there, so that a link could lead anywhere) */
STEP(bind) {
  CLOSED_AT_END int source = open(a[0].text, O_PATH | O_CLOEXEC);
  CLOSED_AT_END int part = count > 6 ? open_in_root(source, a[6].text, O_PATH) : take(&source);
  CLOSED_AT_END int tree = part < 0 ? -1 : tree_clone(part, "", AT_EMPTY_PATH | (n[2] ? AT_RECURSIVE : 0));
  struct mount_attr own = {.attr_set = (unsigned)n[3]}, all = {.propagation = (unsigned)n[5]};
  if (n[4]) all.attr_set = own.attr_set;
  if (tree < 0 || tree_attributes(tree, AT_RECURSIVE, all) < 0 || tree_attributes(tree, 0, own) < 0) return -1;
  return attach(s, tree, a[1].text);
}

int bind_descriptor(struct setup *s, int fd, const char *target) {
  CLOSED_AT_END int tree = tree_clone(fd, "", AT_EMPTY_PATH);
  return attach(s, tree, target);
}

/* mount namespace, path: what another container has mounted in memory there becomes ours too */
STEP(share) {
  CLOSED_AT_END int own = open("/proc/self/ns/mnt", O_RDONLY | O_CLOEXEC), tree = -1;
  CLOSED_AT_END int other = open(a[0].text, O_RDONLY | O_CLOEXEC);
  struct statfs fs;
  if (own < 0 || other < 0 || setns(other, CLONE_NEWNS) < 0) return -1;
  tree = tree_clone(AT_FDCWD, a[1].text, 0);
  int error = errno;
  if (setns(own, CLONE_NEWNS) < 0) return -1;
  errno = error;
  if (tree < 0 || fstatfs(tree, &fs) < 0) return -1;
  if (fs.f_type != TMPFS_MAGIC) return errno = EINVAL, -1;
  return attach(s, tree, a[1].text);
}

static int new_tree(const char *type, unsigned attributes, const struct field *options, int count) {
  CLOSED_AT_END int fs = (int)syscall(SYS_fsopen, type, FSOPEN_CLOEXEC);
  if (fs < 0) return -1;
  for (int i = 0; i < count; i++) {
    char *equals = strchr(options[i].text, '=');
    if (equals) *equals = 0;
    if (fs_config(fs, equals ? FSCONFIG_SET_STRING : FSCONFIG_SET_FLAG, options[i].text, equals ? equals + 1 : NULL) < 0)
      return -1;
  }
  if (fs_config(fs, FSCONFIG_CMD_CREATE, NULL, NULL) < 0) return -1;
  return (int)syscall(SYS_fsmount, fs, FSMOUNT_CLOEXEC, attributes);
}

/* type, target, attributes, options… */
STEP(mount) {
  CLOSED_AT_END int tree = new_tree(a[0].text, (unsigned)n[2], a + 3, count - 3);
  return attach(s, tree, a[1].text);
}

/* path, mode; one that is there stays as it is */
STEP(directory) {
  CLOSED_AT_END int fd = resolve(s->root, a[0].text, MAKE_DIRECTORY, (mode_t)n[1]);
  struct stat st;
  if (fd < 0 || fstat(fd, &st) < 0) return -1;
  return S_ISDIR(st.st_mode) ? 0 : (errno = ENOTDIR, -1);
}

/* what it points to, path */
STEP(link) {
  const char *last;
  CLOSED_AT_END int parent = parent_of(s->root, a[1].text, &last);
  return parent < 0 || (symlinkat(a[0].text, parent, last) < 0 && errno != EEXIST) ? -1 : 0;
}

/* path, mode with type, major, minor, user, group; replaces what is there */
STEP(device) {
  const char *last;
  CLOSED_AT_END int parent = parent_of(s->root, a[0].text, &last);
  if (parent < 0 || (unlinkat(parent, last, 0) < 0 && errno != ENOENT)) return -1;
  if (mknodat(parent, last, (mode_t)n[1], makedev((unsigned)n[2], (unsigned)n[3])) < 0) return -1;
  return fchownat(parent, last, (uid_t)n[4], (gid_t)n[5], AT_SYMLINK_NOFOLLOW);
}

/* One empty folder serves for all: the first is attached by the time the next is wanted, and so can be copied. */
static int empty_tree(void) {
  static int nothing = -1;
  if (nothing >= 0) return tree_clone(nothing, "", AT_EMPTY_PATH);
  struct field options[] = {{(char[]){"source=tmpfs"}, 12}, {(char[]){"ro"}, 2}};
  nothing = new_tree("tmpfs", MOUNT_ATTR_RDONLY, options, 2);
  return nothing < 0 ? -1 : fcntl(nothing, F_DUPFD_CLOEXEC, 0);
}

/* The container's own /dev/null: through the host's it could change the mode of that. */
static int null_tree(struct setup *s) {
  CLOSED_AT_END int null = open_in_root(s->root, "/dev/null", O_PATH | O_NOFOLLOW);
  if (null < 0) return -1;
  if (!is_device(null, 1, 3)) return errno = ENODEV, -1;
  return tree_clone(null, "", AT_EMPTY_PATH);
}

/* path; one that is missing needs no mask */
STEP(mask) {
  CLOSED_AT_END int at = resolve(s->root, a[0].text, MAKE_NOTHING, 0);
  struct stat st;
  if (at < 0) return errno == ENOENT || errno == ENOTDIR ? 0 : -1;
  if (fstat(at, &st) < 0) return -1;
  CLOSED_AT_END int tree = S_ISDIR(st.st_mode) ? empty_tree() : null_tree(s);
  return tree < 0 ? -1 : tree_move(tree, at);
}

/* path; one that is missing needs no protection */
STEP(read_only) {
  CLOSED_AT_END int at = resolve(s->root, a[0].text, MAKE_NOTHING, 0);
  if (at < 0) return errno == ENOENT || errno == ENOTDIR ? 0 : -1;
  struct statx st;
  if (statx(at, "", AT_EMPTY_PATH, 0, &st) == 0 && st.stx_attributes & STATX_ATTR_MOUNT_ROOT)
    return tree_attributes(at, AT_RECURSIVE, READ_ONLY);
  CLOSED_AT_END int tree = tree_clone(at, "", AT_EMPTY_PATH | AT_RECURSIVE);
  return tree < 0 || tree_attributes(tree, AT_RECURSIVE, READ_ONLY) < 0 ? -1 : tree_move(tree, at);
}
