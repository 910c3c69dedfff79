// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/tlspolicy.h"

#include "core/net/tlsconfig.h"

#include <QCryptographicHash>
#include <QSsl>
#include <QSslCertificate>
#include <QSslCertificateExtension>
#include <QSslKey>

using namespace Qt::StringLiterals;

namespace core::net {

namespace {
/// How long a check waits for a disk.
constexpr std::chrono::seconds CheckPatience{10};
} // namespace

QString fingerprintText(const QByteArray &sha256)
{
    return QString::fromLatin1(sha256.toHex(':').toUpper());
}

Result<QByteArray> parseFingerprint(QStringView text)
{
    QByteArray digits;
    for (const QChar c : text) {
        const char latin = c.toLatin1();
        if (c == u':' || c == u' ')
            continue;
        const bool hex = (latin >= '0' && latin <= '9') || (latin >= 'a' && latin <= 'f') || (latin >= 'A' && latin <= 'F');
        if (c.unicode() > 127 || !hex)
            return fail(Error::Kind::Usage, u"not a SHA-256 fingerprint: only hexadecimal digits and colons are allowed"_s);
        digits += latin;
    }
    if (digits.size() != 64)
        return fail(Error::Kind::Usage, u"not a SHA-256 fingerprint: it has 64 hexadecimal digits, this one %1"_s.arg(digits.size()));
    return QByteArray::fromHex(digits);
}

Result<Done> checkTlsFiles(const TlsPolicy &policy)
{
    const auto files = readTlsFiles(policy);
    if (!files)
        return fail(files.error());
    return Done{};
}

Reply<Done> *checkTlsFiles(const TlsPolicy &policy, Workers &workers, QObject *parent)
{
    auto *reply = new Reply<Done>(parent);
    auto *reader = new TlsFilesReader(policy, &workers, reply);
    follow(reply, reader->read(CheckPatience, reply),
           [](const Result<TlsFiles> &files) -> Result<Done> { return files ? Result<Done>(Done{}) : fail(files.error()); });
    return reply;
}

Result<QSslConfiguration> sslConfiguration(const TlsFiles &files)
{
    const TlsPolicy &policy = files.policy;
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setPeerVerifyMode(QSslSocket::VerifyPeer);
    if (policy.trust == TlsPolicy::Trust::CaFile)
        configuration.setCaCertificates(*files.authorities);
    // With no authorities every certificate is questioned, so that isAccepted() sees each one.
    if (policy.trust == TlsPolicy::Trust::Fingerprint)
        configuration.setCaCertificates({});
    if (!files.key.isEmpty()) {
        configuration.setLocalCertificateChain(QSslCertificate::fromData(files.certificateChain, QSsl::Pem));
        QSslKey key;
        for (const QSsl::KeyAlgorithm algorithm : {QSsl::Rsa, QSsl::Ec, QSsl::Dsa}) {
            key = QSslKey(files.key, algorithm, QSsl::Pem);
            if (!key.isNull())
                break;
        }
        if (key.isNull())
            return fail(Error::Kind::Usage, u"client key %1: only RSA, EC and DSA keys can be used"_s.arg(policy.keyFile));
        configuration.setPrivateKey(key);
    }
    return configuration;
}

bool isAccepted(const TlsPolicy &policy, const QSslCertificate &presented, const QList<QSslError> &errors)
{
    if (policy.trust != TlsPolicy::Trust::Fingerprint)
        return errors.isEmpty();
    return !presented.isNull() && presented.digest(QCryptographicHash::Sha256) == policy.sha256;
}

CertificateFacts factsOf(const QSslCertificate &certificate)
{
    const auto line = [](const QList<QByteArray> &attributes, const auto &info) {
        QStringList parts;
        for (const QByteArray &attribute : attributes) {
            for (const QString &value : info(attribute))
                parts << QString::fromLatin1(attribute) + u'=' + value;
        }
        return parts.join(u", "_s);
    };
    CertificateFacts facts;
    facts.subject = line(certificate.subjectInfoAttributes(), [&](const QByteArray &name) { return certificate.subjectInfo(name); });
    facts.issuer = line(certificate.issuerInfoAttributes(), [&](const QByteArray &name) { return certificate.issuerInfo(name); });
    const auto names = certificate.subjectAlternativeNames();
    for (const QString &name : names)
        facts.names << name;
    facts.names.sort();
    facts.sha256 = certificate.digest(QCryptographicHash::Sha256);
    facts.notBefore = certificate.effectiveDate();
    facts.notAfter = certificate.expiryDate();
    return facts;
}

} // namespace core::net
