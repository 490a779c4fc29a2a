/*
 * A disk that loses everything that was not synced, at the border of libc: loaded with LD_PRELOAD, it
 * keeps beside the files of one folder what a power cut would leave of them.
 *
 *   POWER_CUT_FOLDER  the folder, as a real path without a slash at its end
 *   POWER_CUT_DISK    another folder, which starts as a copy of the first and holds what is durable
 *   POWER_CUT_EARLY   per cent of the sectors that reach the disk before they are synced, in any order
 *   POWER_CUT_SEED    chooses those sectors
 *
 * Writes and truncations of a file reach the disk when that file is synced, and then whole; killing the
 * process and looking at POWER_CUT_DISK is the cut. The name of a file lasts as soon as the file itself
 * was synced, and a deletion only once a new file of that name is: SQLite deletes no file under load.
 * Not kept are shared-memory files (-shm), which are mapped and never synced.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST_FILES 32
#define MOST_FDS 4096
#define SECTOR 512

struct range {
  off_t from, to;
};

struct file {
  char name[NAME_MAX + 1];
  int disk;
  /* Smallest size since the last sync, or -1. */
  off_t cut;
  struct range *dirty;
  size_t count, room;
};

static struct file files[MOST_FILES];
static int known;
/* One more than the index of the file, or 0. */
static int file_of[MOST_FDS];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static uint64_t chance;

#define REAL(name) \
  static __typeof__(&name) real; \
  if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

static void fail(const char *what) {
  perror(what);
  abort();
}

static int is_early(void) {
  static int percent = -1;
  if (percent < 0) {
    const char *early = getenv("POWER_CUT_EARLY");
    const char *seed = getenv("POWER_CUT_SEED");
    percent = early ? atoi(early) : 0;
    chance = 0x9e3779b97f4a7c15u ^ (seed ? strtoull(seed, 0, 10) : 0);
  }
  if (percent == 0) return 0;
  chance ^= chance << 13;
  chance ^= chance >> 7;
  chance ^= chance << 17;
  return chance % 100 < (uint64_t)percent;
}

static int disk_of(struct file *file) {
  if (file->disk >= 0) return file->disk;
  char path[PATH_MAX];
  snprintf(path, sizeof path, "%s/%s", getenv("POWER_CUT_DISK"), file->name);
  static int (*real_open)(const char *, int, ...);
  if (!real_open) real_open = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open64");
  file->disk = real_open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (file->disk < 0) fail(path);
  return file->disk;
}

/* What the file holds now between two places becomes durable; places behind its end are left out. */
static void keep(struct file *file, int fd, off_t from, off_t to) {
  static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
  if (!real_pwrite)
    real_pwrite = (ssize_t(*)(int, const void *, size_t, off_t))dlsym(RTLD_NEXT, "pwrite64");
  char bytes[65536];
  while (from < to) {
    size_t length = to - from < (off_t)sizeof bytes ? (size_t)(to - from) : sizeof bytes;
    ssize_t got = pread(fd, bytes, length, from);
    if (got < 0) fail("pread");
    if (got == 0) return;
    if (real_pwrite(disk_of(file), bytes, got, from) != got) fail("pwrite");
    from += got;
  }
}

static struct file *file_at(int fd) {
  return fd >= 0 && fd < MOST_FDS && file_of[fd] ? &files[file_of[fd] - 1] : 0;
}

static void opened(const char *path, int fd, int flags) {
  const char *folder = getenv("POWER_CUT_FOLDER");
  if (fd < 0 || fd >= MOST_FDS || !folder || !path) return;
  size_t length = strlen(folder), whole = strlen(path);
  if (strncmp(path, folder, length) != 0 || path[length] != '/') return;
  const char *name = path + length + 1;
  if (!*name || strchr(name, '/') || (whole > 4 && !strcmp(path + whole - 4, "-shm"))) return;
  pthread_mutex_lock(&lock);
  int index = 0;
  while (index < known && strcmp(files[index].name, name) != 0) index += 1;
  struct stat status;
  if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode)) {
    if (index == known) {
      if (known == MOST_FILES) fail("too many files");
      snprintf(files[index].name, sizeof files[index].name, "%s", name);
      files[index].disk = -1;
      files[index].cut = -1;
      known += 1;
    }
    if ((flags & O_TRUNC) || status.st_size == 0) {
      files[index].cut = 0;
      files[index].count = 0;
    }
    file_of[fd] = index + 1;
  }
  pthread_mutex_unlock(&lock);
}

static void wrote(int fd, off_t from, ssize_t length) {
  struct file *file = file_at(fd);
  if (!file || length <= 0) return;
  off_t to = from + length;
  pthread_mutex_lock(&lock);
  struct range *last = file->count ? &file->dirty[file->count - 1] : 0;
  if (last && last->to == from) {
    last->to = to;
  } else {
    if (file->count == file->room) {
      file->room = file->room ? 2 * file->room : 64;
      file->dirty = realloc(file->dirty, file->room * sizeof *file->dirty);
      if (!file->dirty) fail("realloc");
    }
    file->dirty[file->count++] = (struct range){from, to};
  }
  for (off_t sector = from / SECTOR * SECTOR; sector < to; sector += SECTOR)
    if (is_early()) keep(file, fd, sector, sector + SECTOR);
  pthread_mutex_unlock(&lock);
}

static void synced(int fd) {
  struct file *file = file_at(fd);
  if (!file) return;
  pthread_mutex_lock(&lock);
  int disk = disk_of(file);
  static int (*real_ftruncate)(int, off_t);
  if (!real_ftruncate) real_ftruncate = (int (*)(int, off_t))dlsym(RTLD_NEXT, "ftruncate64");
  struct stat status;
  if (file->cut >= 0 && fstat(disk, &status) == 0 && status.st_size > file->cut)
    if (real_ftruncate(disk, file->cut) != 0) fail("ftruncate");
  for (size_t index = 0; index < file->count; index += 1)
    keep(file, fd, file->dirty[index].from, file->dirty[index].to);
  if (fstat(fd, &status) != 0 || real_ftruncate(disk, status.st_size) != 0) fail("ftruncate");
  file->cut = -1;
  file->count = 0;
  pthread_mutex_unlock(&lock);
}

static void cut(int fd, off_t size) {
  struct file *file = file_at(fd);
  if (!file) return;
  pthread_mutex_lock(&lock);
  if (file->cut < 0 || size < file->cut) file->cut = size;
  pthread_mutex_unlock(&lock);
}

#define OPEN(name) \
  int name(const char *path, int flags, ...) { \
    REAL(name); \
    va_list rest; \
    va_start(rest, flags); \
    mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
    va_end(rest); \
    int fd = real(path, flags, mode); \
    opened(path, fd, flags); \
    return fd; \
  }
OPEN(open)
OPEN(open64)

#define WRITE_AT(name, offset) \
  ssize_t name(int fd, const void *bytes, size_t length, offset at) { \
    REAL(name); \
    ssize_t done = real(fd, bytes, length, at); \
    wrote(fd, at, done); \
    return done; \
  }
WRITE_AT(pwrite, off_t)
WRITE_AT(pwrite64, off64_t)

ssize_t write(int fd, const void *bytes, size_t length) {
  REAL(write);
  off_t at = file_at(fd) ? lseek(fd, 0, SEEK_CUR) : 0;
  ssize_t done = real(fd, bytes, length);
  wrote(fd, at, done);
  return done;
}

#define TRUNCATE(name, offset) \
  int name(int fd, offset size) { \
    REAL(name); \
    int done = real(fd, size); \
    if (done == 0) cut(fd, size); \
    return done; \
  }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

#define SYNC(name) \
  int name(int fd) { \
    REAL(name); \
    int done = real(fd); \
    if (done == 0) synced(fd); \
    return done; \
  }
SYNC(fsync)
SYNC(fdatasync)

int close(int fd) {
  REAL(close);
  if (fd >= 0 && fd < MOST_FDS) file_of[fd] = 0;
  return real(fd);
}
