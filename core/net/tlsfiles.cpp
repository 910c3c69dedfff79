// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/tlsfiles.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <QFile>
#include <QFileInfo>
#include <QSsl>
#include <QSslCertificate>
#include <QTimer>

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

Result<TlsFiles> readTlsFiles(const TlsPolicy &policy)
{
    TlsFiles files;
    files.policy = policy;
    if (policy.trust == TlsPolicy::Trust::CaFile) {
        auto roots = readPem(policy.caFile, "CA file"_L1);
        if (!roots)
            return fail(roots.error());
        const auto authorities = QSslCertificate::fromData(*roots, QSsl::Pem);
        if (authorities.isEmpty())
            return fail(Error::Kind::Usage, u"CA file %1: no certificate in it"_s.arg(policy.caFile));
        files.authorities = std::make_shared<const QList<QSslCertificate>>(authorities);
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

TlsFilesReader::TlsFilesReader(const TlsPolicy &policy, Workers *workers, QObject *parent)
    : QObject(parent)
    , m_policy(policy)
    , m_workers(workers)
{
}

TlsFilesReader::~TlsFilesReader() = default;

Reply<TlsFiles> *TlsFilesReader::read(std::chrono::milliseconds limit, QObject *parent)
{
    auto *reply = m_operations.track(new Reply<TlsFiles>(parent));
    const bool files = m_policy.trust == TlsPolicy::Trust::CaFile || !m_policy.certFile.isEmpty() || !m_policy.keyFile.isEmpty();
    if (!m_workers || !files) {
        reply->settle(readTlsFiles(m_policy));
        return reply;
    }
    if (!m_reading || m_reading->isSettled()) {
        m_reading = m_workers->reply<TlsFiles>(
            [policy = m_policy] {
                Result<TlsFiles> read = readTlsFiles(policy);
                OPENSSL_thread_stop(); // what it keeps for this thread
                return read;
            },
            this);
        // It cannot be stopped, and serves whoever asks next.
        m_reading->setWhenAbandoned(Operation::WhenAbandoned::Continue);
    }
    m_reading->then(reply, [reply](const Result<TlsFiles> &read) { reply->settle(read); });
    if (limit.count() > 0) {
        QTimer::singleShot(limit, reply, [reply, limit] {
            reply->settle(fail(
                Error{Error::Kind::Timeout, u"the files of the TLS settings were not read within %1 ms"_s.arg(limit.count()), 0, true}));
        });
    }
    return reply;
}

} // namespace core::net
