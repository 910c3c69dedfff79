// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/tlspolicy.h"

#include "core/net/tlsconfig.h"

#include <memory>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>
#include <QSsl>
#include <QSslCertificate>
#include <QSslCertificateExtension>
#include <QSslKey>

using namespace Qt::StringLiterals;

namespace core::net {

namespace {

constexpr qint64 MaxPemSize = 4 * 1024 * 1024;

using BioPtr = std::unique_ptr<BIO, decltype(&BIO_free_all)>;
using KeyPtr = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using CertPtr = std::unique_ptr<X509, decltype(&X509_free)>;

BioPtr bioOf(const QByteArray &bytes)
{
    return BioPtr(BIO_new_mem_buf(bytes.constData(), static_cast<int>(bytes.size())), BIO_free_all);
}

Result<QByteArray> readPem(const QString &path, QLatin1String what)
{
    QFile file(path);
    // A pipe or device would be waited for.
    if (const QFileInfo info(path); info.exists() && !info.isFile())
        return fail(Error::Kind::Usage, u"%1 %2: not a file"_s.arg(what, path));
    if (!file.open(QIODevice::ReadOnly))
        return fail(Error::Kind::Usage, u"%1 %2: %3"_s.arg(what, path, file.errorString()));
    if (file.size() > MaxPemSize)
        return fail(Error::Kind::Usage, u"%1 %2: larger than 4 MiB"_s.arg(what, path));
    QByteArray pem = file.readAll();
    if (!pem.contains("-----BEGIN "))
        return fail(Error::Kind::Usage, u"%1 %2: not a PEM file"_s.arg(what, path));
    return pem;
}

struct Passphrase {
    QByteArray text;
    bool asked = false;
};

int givePassphrase(char *buffer, int size, int, void *userData)
{
    auto *passphrase = static_cast<Passphrase *>(userData);
    passphrase->asked = true;
    const int length = static_cast<int>(std::min<qsizetype>(size, passphrase->text.size()));
    std::copy_n(passphrase->text.constData(), length, buffer);
    return length;
}

/// The client's key with the passphrase taken off, checked against its certificate.
Result<QByteArray> openKey(const TlsPolicy &policy, const QByteArray &certificatePem)
{
    const auto keyPem = readPem(policy.keyFile, "client key"_L1);
    if (!keyPem)
        return fail(keyPem.error());
    Passphrase passphrase{policy.keyPassphrase.toUtf8()};
    const KeyPtr key(PEM_read_bio_PrivateKey(bioOf(*keyPem).get(), nullptr, givePassphrase, &passphrase), EVP_PKEY_free);
    ERR_clear_error();
    if (!key) {
        if (!passphrase.asked)
            return fail(Error::Kind::Usage, u"client key %1: not a private key"_s.arg(policy.keyFile));
        return fail(Error::Kind::Usage,
                    passphrase.text.isEmpty() ? u"client key %1: it needs a passphrase"_s.arg(policy.keyFile)
                                              : u"client key %1: wrong passphrase"_s.arg(policy.keyFile));
    }
    const CertPtr certificate(PEM_read_bio_X509(bioOf(certificatePem).get(), nullptr, nullptr, nullptr), X509_free);
    const bool fits = certificate && X509_check_private_key(certificate.get(), key.get()) == 1;
    ERR_clear_error();
    if (!certificate)
        return fail(Error::Kind::Usage, u"client certificate %1: not a certificate"_s.arg(policy.certFile));
    if (!fits)
        return fail(Error::Kind::Usage, u"client key %1 does not belong to certificate %2"_s.arg(policy.keyFile, policy.certFile));
    const BioPtr out(BIO_new(BIO_s_mem()), BIO_free_all);
    if (PEM_write_bio_PrivateKey(out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1)
        return fail(Error::Kind::Usage, u"client key %1: cannot be used"_s.arg(policy.keyFile));
    char *data = nullptr;
    const long length = BIO_get_mem_data(out.get(), &data);
    return QByteArray(data, static_cast<qsizetype>(length));
}

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

Result<PemFiles> readPemFiles(const TlsPolicy &policy)
{
    PemFiles files;
    if (policy.trust == TlsPolicy::Trust::CaFile) {
        auto roots = readPem(policy.caFile, "CA file"_L1);
        if (!roots)
            return fail(roots.error());
        if (QSslCertificate::fromData(*roots, QSsl::Pem).isEmpty())
            return fail(Error::Kind::Usage, u"CA file %1: no certificate in it"_s.arg(policy.caFile));
        files.roots = *std::move(roots);
    }
    if (policy.trust == TlsPolicy::Trust::Fingerprint && policy.sha256.size() != 32)
        return fail(Error::Kind::Usage, u"the accepted certificate's fingerprint is not 32 bytes"_s);
    if (policy.certFile.isEmpty() != policy.keyFile.isEmpty())
        return fail(Error::Kind::Usage, u"a client certificate and its key are needed together"_s);
    if (!policy.certFile.isEmpty()) {
        auto chain = readPem(policy.certFile, "client certificate"_L1);
        if (!chain)
            return fail(chain.error());
        auto key = openKey(policy, *chain);
        if (!key)
            return fail(key.error());
        files.certificateChain = *std::move(chain);
        files.key = *std::move(key);
    }
    return files;
}

Result<Done> checkTlsFiles(const TlsPolicy &policy)
{
    const auto files = readPemFiles(policy);
    if (!files)
        return fail(files.error());
    return Done{};
}

Reply<Done> *checkTlsFiles(const TlsPolicy &policy, Workers &workers, QObject *parent)
{
    return workers.reply<Done>(
        [policy] {
            Result<Done> checked = checkTlsFiles(policy);
            OPENSSL_thread_stop(); // what it keeps for this thread
            return checked;
        },
        parent);
}

Result<QSslConfiguration> sslConfiguration(const TlsPolicy &policy)
{
    const auto files = readPemFiles(policy);
    if (!files)
        return fail(files.error());
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setPeerVerifyMode(QSslSocket::VerifyPeer);
    if (policy.trust == TlsPolicy::Trust::CaFile)
        configuration.setCaCertificates(QSslCertificate::fromData(files->roots, QSsl::Pem));
    // With no authorities every certificate is questioned, so that isAccepted() sees each one.
    if (policy.trust == TlsPolicy::Trust::Fingerprint)
        configuration.setCaCertificates({});
    if (!files->key.isEmpty()) {
        configuration.setLocalCertificateChain(QSslCertificate::fromData(files->certificateChain, QSsl::Pem));
        QSslKey key;
        for (const QSsl::KeyAlgorithm algorithm : {QSsl::Rsa, QSsl::Ec, QSsl::Dsa}) {
            key = QSslKey(files->key, algorithm, QSsl::Pem);
            if (!key.isNull())
                break;
        }
        if (key.isNull())
            return fail(Error::Kind::Usage, u"client key %1: only RSA, EC and DSA keys can be used"_s.arg(policy.keyFile));
        configuration.setPrivateKey(key);
    }
    return configuration;
}

Reply<QSslConfiguration> *sslConfiguration(const TlsPolicy &policy, Workers *workers, QObject *parent)
{
    const bool files = policy.trust == TlsPolicy::Trust::CaFile || !policy.certFile.isEmpty() || !policy.keyFile.isEmpty();
    if (!workers || !files)
        return Reply<QSslConfiguration>::settled(sslConfiguration(policy), parent);
    return workers->reply<QSslConfiguration>(
        [policy] {
            Result<QSslConfiguration> made = sslConfiguration(policy);
            OPENSSL_thread_stop(); // what it keeps for this thread
            return made;
        },
        parent);
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
