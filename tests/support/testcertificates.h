// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <QByteArray>
#include <QString>
#include <QTemporaryDir>

namespace tests {

/// A certificate authority of its own, made anew for each test program, and what it signs. Files are PEM in a temporary folder.
class TestCertificates {
    Q_DISABLE_COPY_MOVE(TestCertificates)
public:
    TestCertificates();
    ~TestCertificates();

    struct Pair {
        QString certFile, keyFile;
        QByteArray certPem, keyPem; ///< the key without a passphrase; keyFile has it when one was asked for
        QByteArray sha256;          ///< of the certificate's DER form
    };
    struct Wish {
        QString commonName = QStringLiteral("localhost");
        QString names = QStringLiteral("DNS:localhost,IP:127.0.0.1,IP:::1"); ///< subjectAltName
        int validFromDays = -1, validToDays = 30;
        QString passphrase;      ///< of keyFile
        bool selfSigned = false; ///< instead of by this authority
    };
    Pair make(const Wish &wish) const;
    Pair server() const { return make({}); }
    QString caFile() const;
    QString folder() const { return m_folder.path(); }

private:
    struct Private;
    std::unique_ptr<Private> m_d;
    QTemporaryDir m_folder;
};

} // namespace tests
