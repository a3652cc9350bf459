/*
 * Records, in one order, what a process asks of its disk and what it says over its sockets: a
 * power cut can then be tried between any two of them (powercut/disk-model.ts). It is preloaded
 * into the process (LD_PRELOAD) and stands before the functions of libc.
 *
 *   POWERCUT_LOG   file that records are appended to; a later life goes on in the same one
 *   POWERCUT_ROOT  folder whose files are of interest, a real path
 *   POWERCUT_KILL  the process is killed in place of its n-th sync; 0 or nothing: never
 *
 * No table of descriptors is kept, since libc and the kernel close some unseen and give their
 * numbers to others: each call asks the kernel what stands behind its descriptor. Files are named
 * by inode; one that is used again is announced by the record that its new file was made.
 *
 * What is left out errs towards losing more: sync(), msync(), sync_file_range() and O_SYNC are not
 * believed to make anything durable. Writes that go by here unseen (io_uring, stdio, a mapping)
 * would be missed by the proof of the recorder: what it recorded, replayed, must equal the disk.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

/* The next definition of a function: libc's own. */
#define REAL(name) \
  static __typeof__(&name) real; \
  if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

enum kind { WRITE = 1, TRUNCATE, SYNC, MAKE, RENAME, REMOVE, LINK, MAPPED, SAID, SYMLINK, SYNC_ALL };

/* `size` bytes of what was written, said, or of names follow. Numbers are the machine's own. */
struct record {
  uint32_t kind, size;
  uint64_t inode; /* the file; of names the folder */
  uint64_t other; /* MAKE, LINK, SYMLINK: what gets the name; RENAME: the new folder */
  uint64_t at;    /* WRITE: offset; TRUNCATE: length; MAKE: 1 for a folder */
};

static int log_file = -1;
static char root[PATH_MAX];
static long kill_at, syncs;

/* The same function by its other name. */
#define ALSO(name, of) __typeof__(of) name __attribute__((alias(#of)))

/* Held over a call and its record, so that the order of records is that of the calls. */
static pthread_mutex_t order = PTHREAD_MUTEX_INITIALIZER;
static void enter(void) { pthread_mutex_lock(&order); }
static void leave(void) {
  int kept = errno;
  pthread_mutex_unlock(&order);
  errno = kept;
}

__attribute__((constructor)) static void begin(void) {
  const char *log = getenv("POWERCUT_LOG"), *folder = getenv("POWERCUT_ROOT");
  const char *kill = getenv("POWERCUT_KILL");
  if (!log || !folder || !realpath(folder, root)) return;
  kill_at = kill ? atol(kill) : 0;
  /* Programs that it starts record too, but it is this process whose syncs are counted. */
  unsetenv("POWERCUT_KILL");
  /* Whoever is forked off while another thread is inside must not find the door locked. */
  pthread_atfork(enter, leave, leave);
  log_file = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
}

/* What cannot be recorded whole ends the process: a gap would pass for a disk that forgets. */
static void put(struct record record, const struct iovec *parts, int count) {
  struct iovec all[1 + IOV_MAX] = {{&record, sizeof record}};
  size_t size = sizeof record;
  if (count > IOV_MAX - 1) abort();
  for (int i = 0; i < count; i++) size += parts[i].iov_len, all[i + 1] = parts[i];
  record.size = size - sizeof record;
  if (syscall(SYS_writev, log_file, all, count + 1) != (long)size) abort();
}

static void put_bytes(struct record record, const void *bytes, size_t size) {
  struct iovec part = {(void *)bytes, size};
  put(record, &part, 1);
}

/* The first `size` bytes of the parts. */
static void put_parts(struct record record, const struct iovec *parts, int count, size_t size) {
  struct iovec taken[IOV_MAX];
  int used = 0;
  for (; used < count && used < IOV_MAX && size > 0; used++) {
    taken[used] = parts[used];
    if (taken[used].iov_len > size) taken[used].iov_len = size;
    size -= taken[used].iov_len;
  }
  put(record, taken, used);
}

static int is_inside(const char *path) {
  size_t length = strlen(root);
  return !strncmp(path, root, length) && (path[length] == '/' || path[length] == 0);
}

/* The inode of a file or folder of interest behind a descriptor; 0: it is none. */
static uint64_t inode_of(int fd, struct stat *found) {
  char link[32], path[PATH_MAX];
  if (log_file < 0 || fstat(fd, found)) return 0;
  if (!S_ISREG(found->st_mode) && !S_ISDIR(found->st_mode)) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return is_inside(path) ? found->st_ino : 0;
}

static int is_line(int fd) {
  int domain = 0;
  socklen_t size = sizeof domain;
  if (log_file < 0 || getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &domain, &size)) return 0;
  return domain == AF_INET || domain == AF_INET6;
}

/* A name as it stands on the disk: in which folder, by what inode, and whether it is there. */
struct place {
  int is_ours, exists;
  uint64_t folder, inode;
  char name[NAME_MAX + 1];
};

static struct place place_of(int at, const char *path) {
  struct place place = {0};
  struct stat found;
  char copy[PATH_MAX], full[PATH_MAX], real[PATH_MAX], base[64] = ".";
  int kept = errno;
  if (log_file < 0 || !path || strlen(path) >= sizeof copy) return place;
  if (at != AT_FDCWD && path[0] != '/') snprintf(base, sizeof base, "/proc/self/fd/%d", at);
  strcpy(copy, path);
  const char *folder = dirname(copy);
  snprintf(full, sizeof full, "%s/%s", folder[0] == '/' ? "" : base, folder);
  if (realpath(full, real) && is_inside(real) && !stat(real, &found)) {
    place.is_ours = 1;
    place.folder = found.st_ino;
    strcpy(copy, path);
    snprintf(place.name, sizeof place.name, "%s", basename(copy));
    place.exists = !fstatat(at, path, &found, AT_SYMLINK_NOFOLLOW);
    if (place.exists) place.inode = found.st_ino;
  }
  errno = kept;
  return place;
}

static void put_made(struct place place, uint64_t inode, int is_folder) {
  put_bytes((struct record){.kind = MAKE, .inode = place.folder, .other = inode, .at = is_folder},
            place.name, strlen(place.name));
}

/* ---- What is said ---- */

/* Before it leaves: what the other side may know was recorded as known. */
static void said(const struct iovec *parts, int count) {
  enter();
  put((struct record){.kind = SAID}, parts, count);
  leave();
}

ssize_t send(int fd, const void *bytes, size_t size, int flags) {
  REAL(send);
  struct iovec part = {(void *)bytes, size};
  if (is_line(fd)) said(&part, 1);
  return real(fd, bytes, size, flags);
}

ssize_t sendto(int fd, const void *bytes, size_t size, int flags, const struct sockaddr *to,
               socklen_t length) {
  REAL(sendto);
  struct iovec part = {(void *)bytes, size};
  if (is_line(fd)) said(&part, 1);
  return real(fd, bytes, size, flags, to, length);
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
  REAL(sendmsg);
  if (is_line(fd)) said(message->msg_iov, message->msg_iovlen);
  return real(fd, message, flags);
}

/* ---- What is written ---- */

/* Where `size` bytes just written stand; `given`: where they were to go, -1: at the file's place. */
static uint64_t begin_of(int fd, off_t given, ssize_t size) {
  struct stat now;
  if (fcntl(fd, F_GETFL) & O_APPEND) return fstat(fd, &now) ? 0 : now.st_size - size;
  return given >= 0 ? given : lseek(fd, 0, SEEK_CUR) - size;
}

#define WRITTEN(fd, parts, count, given, call) \
  struct stat found; \
  if (is_line(fd)) said(parts, count); \
  uint64_t inode = inode_of(fd, &found); \
  if (!inode) return call; \
  enter(); \
  ssize_t size = call; \
  if (size > 0) \
    put_parts((struct record){.kind = WRITE, .inode = inode, .at = begin_of(fd, given, size)}, \
              parts, count, size); \
  leave(); \
  return size

ssize_t write(int fd, const void *bytes, size_t wanted) {
  REAL(write);
  struct iovec part = {(void *)bytes, wanted};
  WRITTEN(fd, &part, 1, -1, real(fd, bytes, wanted));
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  REAL(writev);
  WRITTEN(fd, parts, count, -1, real(fd, parts, count));
}

ssize_t pwrite64(int fd, const void *bytes, size_t wanted, off_t at) {
  REAL(pwrite64);
  struct iovec part = {(void *)bytes, wanted};
  WRITTEN(fd, &part, 1, at, real(fd, bytes, wanted, at));
}
ALSO(pwrite, pwrite64);

ssize_t pwritev64(int fd, const struct iovec *parts, int count, off_t at) {
  REAL(pwritev64);
  WRITTEN(fd, parts, count, at, real(fd, parts, count, at));
}
ALSO(pwritev, pwritev64);

/* What the kernel copied by itself is read back from where it came to stand. */
static void put_copied(int fd, off_t at, ssize_t size) {
  struct stat found;
  uint64_t inode = inode_of(fd, &found);
  char *bytes = inode && size > 0 ? malloc(size) : NULL;
  if (!bytes) return;
  /* By a descriptor of its own: one that writes may not read. */
  char link[32];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  int reader = syscall(SYS_openat, AT_FDCWD, link, O_RDONLY | O_CLOEXEC);
  if (reader < 0 || pread(reader, bytes, size, at) != size) abort();
  syscall(SYS_close, reader);
  put_bytes((struct record){.kind = WRITE, .inode = inode, .at = at}, bytes, size);
  free(bytes);
}

#define COPIED(fd, place, call) \
  struct stat found; \
  if (!inode_of(fd, &found)) return call; \
  enter(); \
  off_t at = (place) ? *(off_t *)(place) : lseek(fd, 0, SEEK_CUR); \
  long size = call; \
  if (size > 0) put_copied(fd, at, size); \
  leave(); \
  return size

ssize_t copy_file_range(int in, off_t *from, int out, off_t *to, size_t wanted, unsigned flags) {
  REAL(copy_file_range);
  COPIED(out, to, real(in, from, out, to, wanted, flags));
}

ssize_t sendfile64(int out, int in, off_t *from, size_t wanted) {
  REAL(sendfile64);
  COPIED(out, (off_t *)NULL, real(out, in, from, wanted));
}
ALSO(sendfile, sendfile64);

static int cut_off(int fd, int (*real)(int, off_t), off_t length) {
  struct stat found;
  uint64_t inode = inode_of(fd, &found);
  if (!inode) return real(fd, length);
  enter();
  int failed = real(fd, length);
  if (!failed) put((struct record){.kind = TRUNCATE, .inode = inode, .at = length}, NULL, 0);
  leave();
  return failed;
}
int ftruncate64(int fd, off_t length) {
  REAL(ftruncate64);
  return cut_off(fd, real, length);
}
ALSO(ftruncate, ftruncate64);

int truncate64(const char *path, off_t length) {
  int fd = open(path, O_WRONLY | O_CLOEXEC);
  if (fd < 0) return -1;
  int failed = ftruncate64(fd, length), kept = errno;
  close(fd);
  errno = kept;
  return failed;
}
ALSO(truncate, truncate64);

/* Room that is made lengthens a file by zeros; holes that are punched nobody here asks for. */
static int make_room(int fd, int result) {
  struct stat found;
  uint64_t inode = result ? 0 : inode_of(fd, &found);
  if (inode) put((struct record){.kind = TRUNCATE, .inode = inode, .at = found.st_size}, NULL, 0);
  return result;
}
int fallocate64(int fd, int mode, off_t at, off_t length) {
  REAL(fallocate64);
  enter();
  int result = make_room(fd, real(fd, mode, at, length));
  leave();
  return result;
}
ALSO(fallocate, fallocate64);

int posix_fallocate64(int fd, off_t at, off_t length) {
  REAL(posix_fallocate64);
  enter();
  int result = make_room(fd, real(fd, at, length));
  leave();
  return result;
}
ALSO(posix_fallocate, posix_fallocate64);

/* What is written into a mapping nobody sees: such a file is taken to hold nothing durable. */
void *mmap64(void *wish, size_t length, int protection, int flags, int fd, off_t at) {
  REAL(mmap64);
  struct stat found;
  int is_written = (flags & MAP_SHARED) && (protection & PROT_WRITE) && fd >= 0;
  uint64_t inode = is_written ? inode_of(fd, &found) : 0;
  if (inode) {
    enter();
    put((struct record){.kind = MAPPED, .inode = inode}, NULL, 0);
    leave();
  }
  return real(wish, length, protection, flags, fd, at);
}
ALSO(mmap, mmap64);

/* ---- What is synced ---- */

static int sync_by(int fd, int (*real)(int)) {
  struct stat found;
  uint64_t inode = inode_of(fd, &found);
  if (!inode) return real(fd);
  enter();
  if (++syncs == kill_at) kill(getpid(), SIGKILL);
  int failed = real(fd);
  if (!failed) put((struct record){.kind = SYNC, .inode = inode}, NULL, 0);
  leave();
  return failed;
}
int fsync(int fd) {
  REAL(fsync);
  return sync_by(fd, real);
}
int fdatasync(int fd) {
  REAL(fdatasync);
  return sync_by(fd, real);
}

/*
 * A whole file system, by programs that the process starts (`sync -f`). It is noted alone: what is
 * durable the model decides, and others' files would be waited for.
 */
int syncfs(int fd) {
  REAL(syncfs);
  struct stat found;
  if (!inode_of(fd, &found)) return real(fd);
  enter();
  put((struct record){.kind = SYNC_ALL}, NULL, 0);
  leave();
  return 0;
}

/* ---- Names ---- */

static int opened(int at, const char *path, int flags, mode_t mode) {
  struct stat found;
  if (log_file < 0 || !(flags & (O_CREAT | O_TRUNC)))
    return syscall(SYS_openat, at, path, flags, mode);
  enter();
  struct place place = place_of(at, path);
  int fd = syscall(SYS_openat, at, path, flags, mode);
  uint64_t inode = fd < 0 ? 0 : inode_of(fd, &found);
  if (inode && place.is_ours && !place.exists) put_made(place, inode, 0);
  else if (inode && (flags & O_TRUNC))
    put((struct record){.kind = TRUNCATE, .inode = inode}, NULL, 0);
  leave();
  return fd;
}

#define MODE(flags) \
  mode_t mode = 0; \
  if ((flags) & (O_CREAT | O_TMPFILE)) { \
    va_list rest; \
    va_start(rest, flags); \
    mode = va_arg(rest, mode_t); \
    va_end(rest); \
  }
int open(const char *path, int flags, ...) {
  MODE(flags);
  return opened(AT_FDCWD, path, flags, mode);
}
ALSO(open64, open);

int creat(const char *path, mode_t mode) {
  return opened(AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, mode);
}
ALSO(creat64, creat);

int openat(int at, const char *path, int flags, ...) {
  MODE(flags);
  return opened(at, path, flags, mode);
}
ALSO(openat64, openat);

int mkdirat(int at, const char *path, mode_t mode) {
  REAL(mkdirat);
  struct stat found;
  enter();
  struct place place = place_of(at, path);
  int failed = real(at, path, mode);
  if (!failed && place.is_ours && !fstatat(at, path, &found, 0)) put_made(place, found.st_ino, 1);
  leave();
  return failed;
}
int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }

int unlinkat(int at, const char *path, int flags) {
  REAL(unlinkat);
  enter();
  struct place place = place_of(at, path);
  int failed = real(at, path, flags);
  if (!failed && place.is_ours)
    put_bytes((struct record){.kind = REMOVE, .inode = place.folder}, place.name,
              strlen(place.name));
  leave();
  return failed;
}
int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }
int remove(const char *path) {
  struct stat found;
  int is_folder = !lstat(path, &found) && S_ISDIR(found.st_mode);
  return unlinkat(AT_FDCWD, path, is_folder ? AT_REMOVEDIR : 0);
}

int renameat2(int from_at, const char *from, int to_at, const char *to, unsigned flags) {
  REAL(renameat2);
  enter();
  struct place old = place_of(from_at, from), new = place_of(to_at, to);
  int failed = real(from_at, from, to_at, to, flags);
  if (!failed && (old.is_ours || new.is_ours)) {
    struct iovec names[] = {{old.name, strlen(old.name) + 1}, {new.name, strlen(new.name)}};
    put((struct record){.kind = RENAME, .inode = old.folder, .other = new.folder}, names, 2);
  }
  leave();
  return failed;
}
int renameat(int from_at, const char *from, int to_at, const char *to) {
  return renameat2(from_at, from, to_at, to, 0);
}
int rename(const char *from, const char *to) {
  return renameat2(AT_FDCWD, from, AT_FDCWD, to, 0);
}

int linkat(int from_at, const char *from, int to_at, const char *to, int flags) {
  REAL(linkat);
  enter();
  struct place old = place_of(from_at, from), new = place_of(to_at, to);
  int failed = real(from_at, from, to_at, to, flags);
  if (!failed && new.is_ours)
    put_bytes((struct record){.kind = LINK, .inode = new.folder, .other = old.inode}, new.name,
              strlen(new.name));
  leave();
  return failed;
}
int link(const char *from, const char *to) { return linkat(AT_FDCWD, from, AT_FDCWD, to, 0); }

int symlinkat(const char *target, int at, const char *path) {
  REAL(symlinkat);
  struct stat found;
  enter();
  struct place place = place_of(at, path);
  int failed = real(target, at, path);
  if (!failed && place.is_ours && !fstatat(at, path, &found, AT_SYMLINK_NOFOLLOW)) {
    struct iovec texts[] = {{place.name, strlen(place.name) + 1}, {(void *)target, strlen(target)}};
    struct record made = {.kind = SYMLINK, .inode = place.folder, .other = found.st_ino};
    put(made, texts, 2);
  }
  leave();
  return failed;
}
int symlink(const char *target, const char *path) { return symlinkat(target, AT_FDCWD, path); }

/* ---- The same by number: libuv copies files so, and others might sync so ---- */

long syscall(long number, ...) {
  static long (*real)(long, ...);
  if (!real) real = (long (*)(long, ...))dlsym(RTLD_NEXT, "syscall");
  va_list rest;
  long a[6];
  va_start(rest, number);
  for (int i = 0; i < 6; i++) a[i] = va_arg(rest, long);
  va_end(rest);
  switch (number) {
    case SYS_copy_file_range: {
      COPIED(a[2], (off_t *)a[3], real(number, a[0], a[1], a[2], a[3], a[4], a[5]));
    }
    case SYS_fsync: return fsync(a[0]);
    case SYS_fdatasync: return fdatasync(a[0]);
    case SYS_pwrite64: return pwrite64(a[0], (void *)a[1], a[2], a[3]);
    case SYS_ftruncate: return ftruncate64(a[0], a[1]);
    case SYS_renameat2: return renameat2(a[0], (char *)a[1], a[2], (char *)a[3], a[4]);
    case SYS_unlinkat: return unlinkat(a[0], (char *)a[1], a[2]);
    /* Nothing that goes by a ring is seen here: there is none. */
    case SYS_io_uring_setup: errno = ENOSYS; return -1;
  }
  return real(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}
