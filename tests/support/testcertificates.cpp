// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testcertificates.h"

#include <atomic>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <QCryptographicHash>
#include <QFile>

using namespace Qt::StringLiterals;

namespace tests {

namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using Bio = std::unique_ptr<BIO, decltype(&BIO_free_all)>;

QByteArray textOf(BIO *bio)
{
    char *data = nullptr;
    const long length = BIO_get_mem_data(bio, &data);
    return QByteArray(data, static_cast<qsizetype>(length));
}

Key newKey()
{
    return Key(EVP_EC_gen("P-256"), EVP_PKEY_free);
}

void addExtension(X509 *certificate, X509 *issuer, int nid, const QByteArray &value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    if (X509_EXTENSION *extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.constData())) {
        X509_add_ext(certificate, extension, -1);
        X509_EXTENSION_free(extension);
    } else {
        qFatal("test certificate: extension refused");
    }
}

struct Request {
    EVP_PKEY *key = nullptr, *signer = nullptr;
    X509 *issuer = nullptr; ///< nullptr: itself
    QByteArray commonName, names;
    int fromDays = -1, toDays = 30;
    bool authority = false;
};

Certificate newCertificate(const Request &request)
{
    static std::atomic<long> serial = 1;
    Certificate certificate(X509_new(), X509_free);
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), serial++);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), request.fromDays * 86'400L);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), request.toDays * 86'400L);
    X509_set_pubkey(certificate.get(), request.key);
    X509_NAME *name = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(name, "O", MBSTRING_UTF8, reinterpret_cast<const unsigned char *>("Signalbox tests"), -1, -1, 0);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char *>(request.commonName.constData()), -1, -1,
                               0);
    X509 *issuer = request.issuer ? request.issuer : certificate.get();
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer));
    addExtension(certificate.get(), issuer, NID_basic_constraints, request.authority ? "critical,CA:TRUE" : "critical,CA:FALSE");
    if (request.authority)
        addExtension(certificate.get(), issuer, NID_key_usage, "critical,keyCertSign,cRLSign");
    if (!request.names.isEmpty())
        addExtension(certificate.get(), issuer, NID_subject_alt_name, request.names);
    if (X509_sign(certificate.get(), request.signer, EVP_sha256()) == 0)
        qFatal("test certificate: cannot be signed");
    return certificate;
}

QByteArray pemOf(X509 *certificate)
{
    const Bio bio(BIO_new(BIO_s_mem()), BIO_free_all);
    PEM_write_bio_X509(bio.get(), certificate);
    return textOf(bio.get());
}

QByteArray pemOf(EVP_PKEY *key, QByteArray passphrase)
{
    const Bio bio(BIO_new(BIO_s_mem()), BIO_free_all);
    const EVP_CIPHER *cipher = passphrase.isEmpty() ? nullptr : EVP_aes_256_cbc();
    PEM_write_bio_PrivateKey(bio.get(), key, cipher, cipher ? reinterpret_cast<unsigned char *>(passphrase.data()) : nullptr,
                             static_cast<int>(passphrase.size()), nullptr, nullptr);
    return textOf(bio.get());
}

QByteArray sha256Of(X509 *certificate)
{
    unsigned char *der = nullptr;
    const int length = i2d_X509(certificate, &der);
    const QByteArray hash = QCryptographicHash::hash(QByteArrayView(der, length), QCryptographicHash::Sha256);
    OPENSSL_free(der);
    return hash;
}

void put(const QString &path, const QByteArray &content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("test certificate: cannot be written");
}

} // namespace

struct TestCertificates::Private {
    Key key = newKey();
    Certificate certificate{nullptr, X509_free};
    int made = 0;
};

TestCertificates::TestCertificates()
    : m_d(std::make_unique<Private>())
{
    m_d->certificate = newCertificate({m_d->key.get(), m_d->key.get(), nullptr, "Signalbox test authority", {}, -1, 30, true});
    put(caFile(), pemOf(m_d->certificate.get()));
}

TestCertificates::~TestCertificates() = default;

QString TestCertificates::caFile() const
{
    return m_folder.filePath(u"ca.pem"_s);
}

TestCertificates::Pair TestCertificates::make(const Wish &wish) const
{
    const Key key = newKey();
    const Certificate certificate =
        newCertificate({key.get(), wish.selfSigned ? key.get() : m_d->key.get(), wish.selfSigned ? nullptr : m_d->certificate.get(),
                        wish.commonName.toUtf8(), wish.names.toLatin1(), wish.validFromDays, wish.validToDays, false});
    Pair pair;
    const int number = m_d->made++;
    pair.certFile = m_folder.filePath(u"cert%1.pem"_s.arg(number));
    pair.keyFile = m_folder.filePath(u"key%1.pem"_s.arg(number));
    pair.certPem = pemOf(certificate.get());
    pair.keyPem = pemOf(key.get(), {});
    pair.sha256 = sha256Of(certificate.get());
    put(pair.certFile, pair.certPem);
    put(pair.keyFile, pemOf(key.get(), wish.passphrase.toUtf8()));
    return pair;
}

} // namespace tests
