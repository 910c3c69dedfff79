// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/hardening.h"
#include "tests/support/testmain.h"

#include <QTest>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

class TstHardening final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void noCoreDumps()
    {
        // In a process of its own: it cannot be taken back.
        const pid_t child = ::fork();
        QVERIFY(child >= 0);
        if (child == 0) {
            const bool ok = core::forbidCoreDumps();
            rlimit limit{1, 1};
            ::getrlimit(RLIMIT_CORE, &limit);
            ::_exit(ok && limit.rlim_cur == 0 && limit.rlim_max == 0 && ::prctl(PR_GET_DUMPABLE) == 0 ? 0 : 1);
        }
        int status = -1;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QVERIFY(WIFEXITED(status));
        QCOMPARE(WEXITSTATUS(status), 0);
    }
};

SIGNALBOX_TEST(TstHardening)
#include "tst_hardening.moc"
