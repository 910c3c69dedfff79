// SPDX-License-Identifier: GPL-3.0-or-later
// Does what signalbox-sandbox promises about its life (app/cli.md §2), and no more. FAKE_SANDBOX_MODE: "" | silent | dies | slow
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <string>
#include <sys/file.h>
#include <unistd.h>

namespace {

volatile std::sig_atomic_t ended = 0;

bool anyUser(const std::string &folder)
{
    DIR *users = opendir(folder.c_str());
    if (!users)
        return false;
    bool found = false;
    while (const dirent *entry = readdir(users)) {
        const std::string path = folder + "/" + entry->d_name;
        const int file = entry->d_name[0] == '.' ? -1 : open(path.c_str(), O_RDONLY);
        if (file < 0)
            continue;
        found = found || flock(file, LOCK_SH | LOCK_NB) != 0;
        close(file);
    }
    closedir(users);
    return found;
}

/// How many of our own variables came along.
int ours()
{
    int count = 0;
    for (char **variable = environ; *variable; ++variable)
        count += std::strncmp(*variable, "SIGNALBOX_", 10) == 0 || std::strncmp(*variable, "NACOS_", 6) == 0;
    return count;
}

} // namespace

int main(int argc, char **argv)
{
    std::string lock, users, arguments;
    for (int i = 1; i < argc; ++i) {
        arguments += (i > 1 ? " " : "") + std::string(argv[i]);
        if (std::strcmp(argv[i], "--lock") == 0 && i + 1 < argc)
            lock = argv[i + 1];
        if (std::strcmp(argv[i], "--end-with-users") == 0 && i + 1 < argc)
            users = argv[i + 1];
    }
    const char *given = std::getenv("FAKE_SANDBOX_MODE");
    const std::string mode = given ? given : "";
    std::signal(SIGTERM, [](int) { ended = 1; });
    if (mode == "dies") {
        std::fprintf(stderr, "first line\nport 8848 is taken\n");
        return 3;
    }
    const int file = open(lock.c_str(), O_RDWR | O_CREAT, 0600);
    bool locked = false;
    for (int i = 0; i < 100 && !locked; ++i) {
        locked = flock(file, LOCK_EX | LOCK_NB) == 0;
        if (!locked)
            usleep(10'000);
    }
    if (!locked) {
        std::fprintf(stderr, "another one holds the lock\n");
        return 4;
    }
    if (mode == "slow")
        usleep(300'000);
    if (mode != "silent") {
        std::printf("{\"ready\":true,\"pid\":%d,\"nacos\":{\"http\":\"http://127.0.0.1:18848\",\"grpc\":\"127.0.0.1:19848\","
                    "\"console\":\"http://127.0.0.1:18080\",\"user\":\"nacos\"},\"arguments\":\"%s\",\"ours\":%d,\"startupMs\":1}\n",
                    int(getpid()), arguments.c_str(), ours());
        std::fflush(stdout);
    }
    // Never longer than a test: ends with its users, or after half a minute.
    for (int i = 0; i < 3000 && !ended; ++i) {
        usleep(10'000);
        if (!users.empty() && i > 20 && !anyUser(users))
            break;
    }
    return 0;
}
