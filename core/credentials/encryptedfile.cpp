// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentials/encryptedfile.h"

#include "core/base/jsonreader.h"

#include <memory>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <openssl/rand.h>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace core::credentials {

namespace {

constexpr qsizetype KeySize = 32, SaltSize = 16, NonceSize = 12, TagSize = 16;
constexpr quint64 MaxCost = 1 << 20;
constexpr quint64 MaxMemory = 1024ULL * 1024 * 1024;

struct Head {
    QByteArray salt, nonce, data;
    quint64 n = 0;
    quint32 r = 0, p = 0;
};

Result<Head> parse(const QByteArray &file)
{
    const auto notOurs = [](const QString &why) { return fail(Error::Kind::BadReply, u"secret file: "_s + why); };
    const auto document = JsonReader::parseObject(file);
    if (!document)
        return notOurs(document.error().message);
    JsonReader in(*document);
    const QString format = in.string("format"_L1);
    const qint64 version = in.integer("version"_L1);
    Head head;
    const qint64 n = in.integer("n"_L1), r = in.integer("r"_L1), p = in.integer("p"_L1);
    head.salt = QByteArray::fromBase64(in.string("salt"_L1).toLatin1());
    head.nonce = QByteArray::fromBase64(in.string("nonce"_L1).toLatin1());
    head.data = QByteArray::fromBase64(in.string("data"_L1).toLatin1());
    if (const auto error = in.error())
        return notOurs(error->message);
    if (format != "signalbox-secrets"_L1 || version != 1)
        return notOurs(u"written by another program or a newer version"_s);
    const bool sane = n >= 2 && (n & (n - 1)) == 0 && quint64(n) <= MaxCost && r >= 1 && r <= 32 && p >= 1 && p <= 16 &&
        quint64(n) * quint64(r) * 128 <= MaxMemory;
    if (!sane || head.salt.size() < 8 || head.nonce.size() != NonceSize || head.data.size() < TagSize)
        return notOurs(u"its parameters are out of bounds"_s);
    head.n = quint64(n);
    head.r = quint32(r);
    head.p = quint32(p);
    return head;
}

Result<QByteArray> scrypt(const QString &passphrase, const FileKey &parameters)
{
    const std::unique_ptr<EVP_KDF, decltype(&EVP_KDF_free)> kdf(EVP_KDF_fetch(nullptr, "SCRYPT", nullptr), EVP_KDF_free);
    const std::unique_ptr<EVP_KDF_CTX, decltype(&EVP_KDF_CTX_free)> context(kdf ? EVP_KDF_CTX_new(kdf.get()) : nullptr, EVP_KDF_CTX_free);
    QByteArray secret = passphrase.toUtf8(), salt = parameters.salt, key(KeySize, Qt::Uninitialized);
    quint64 n = parameters.n, memory = MaxMemory + 64 * 1024 * 1024;
    quint32 r = parameters.r, p = parameters.p;
    const OSSL_PARAM list[] = {
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_PASSWORD, secret.data(), size_t(secret.size())),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, salt.data(), size_t(salt.size())),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_N, reinterpret_cast<uint64_t *>(&n)),
        OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_R, &r),
        OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_P, &p),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_MAXMEM, reinterpret_cast<uint64_t *>(&memory)),
        OSSL_PARAM_construct_end(),
    };
    const bool ok = context && EVP_KDF_derive(context.get(), reinterpret_cast<unsigned char *>(key.data()), size_t(KeySize), list) > 0;
    secret.fill('\0');
    if (!ok)
        return fail(Error::Kind::Internal, u"secret file: the key cannot be derived on this machine"_s);
    return key;
}

QByteArray authenticated(const FileKey &key)
{
    return "signalbox-secrets/1 " + key.salt.toHex() + ' ' + QByteArray::number(key.n) + ' ' + QByteArray::number(key.r) + ' ' +
        QByteArray::number(key.p);
}

using Cipher = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

const unsigned char *bytes(const QByteArray &array)
{
    return reinterpret_cast<const unsigned char *>(array.constData());
}

unsigned char *bytes(QByteArray &array)
{
    return reinterpret_cast<unsigned char *>(array.data());
}

/// Gives back what OpenSSL keeps for this thread: keys are derived on a worker, whose end a program's end does not wait out.
struct ThreadEnd {
    Q_DISABLE_COPY_MOVE(ThreadEnd)
    ThreadEnd() = default;
    ~ThreadEnd() { OPENSSL_thread_stop(); }
};

} // namespace

Result<FileKey> deriveKey(const QString &passphrase)
{
    const ThreadEnd end;
    FileKey key;
    key.salt.resize(SaltSize);
    if (RAND_bytes(bytes(key.salt), int(SaltSize)) != 1)
        return fail(Error::Kind::Internal, u"secret file: no random numbers"_s);
    auto derived = scrypt(passphrase, key);
    if (!derived)
        return fail(derived.error());
    key.key = *std::move(derived);
    return key;
}

Result<FileKey> deriveKey(const QString &passphrase, const QByteArray &file)
{
    const ThreadEnd end;
    const auto head = parse(file);
    if (!head)
        return fail(head.error());
    FileKey key{head->salt, head->n, head->r, head->p, {}};
    auto derived = scrypt(passphrase, key);
    if (!derived)
        return fail(derived.error());
    key.key = *std::move(derived);
    return key;
}

bool belongsTo(const FileKey &key, const QByteArray &file)
{
    const auto head = parse(file);
    return head && head->salt == key.salt && head->n == key.n && head->r == key.r && head->p == key.p;
}

Result<QByteArray> seal(const Secrets &secrets, const FileKey &key)
{
    QJsonObject object;
    for (auto it = secrets.constBegin(); it != secrets.constEnd(); ++it)
        object.insert(it.key(), it.value());
    QByteArray plain = QJsonDocument(object).toJson(QJsonDocument::Compact);
    const QByteArray aad = authenticated(key);
    QByteArray nonce(NonceSize, Qt::Uninitialized), data(plain.size() + TagSize, Qt::Uninitialized);
    const Cipher cipher(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    int length = 0;
    const bool ok = RAND_bytes(bytes(nonce), int(NonceSize)) == 1 &&
        EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, bytes(key.key), bytes(nonce)) == 1 &&
        EVP_EncryptUpdate(cipher.get(), nullptr, &length, bytes(aad), int(aad.size())) == 1 &&
        EVP_EncryptUpdate(cipher.get(), bytes(data), &length, bytes(plain), int(plain.size())) == 1 &&
        EVP_EncryptFinal_ex(cipher.get(), bytes(data) + length, &length) == 1 &&
        EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, int(TagSize), bytes(data) + plain.size()) == 1;
    plain.fill('\0');
    if (!ok)
        return fail(Error::Kind::Internal, u"secret file: cannot be encrypted"_s);
    const QJsonObject document{{u"format"_s, u"signalbox-secrets"_s},
                               {u"version"_s, 1},
                               {u"kdf"_s, u"scrypt"_s},
                               {u"cipher"_s, u"AES-256-GCM"_s},
                               {u"n"_s, qint64(key.n)},
                               {u"r"_s, qint64(key.r)},
                               {u"p"_s, qint64(key.p)},
                               {u"salt"_s, QString::fromLatin1(key.salt.toBase64())},
                               {u"nonce"_s, QString::fromLatin1(nonce.toBase64())},
                               {u"data"_s, QString::fromLatin1(data.toBase64())}};
    return QJsonDocument(document).toJson();
}

Result<Secrets> unseal(const QByteArray &file, const FileKey &key)
{
    const auto head = parse(file);
    if (!head)
        return fail(head.error());
    const QByteArray aad = authenticated(key);
    const qsizetype size = head->data.size() - TagSize;
    QByteArray plain(size, Qt::Uninitialized), tag = head->data.sliced(size);
    const Cipher cipher(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    int length = 0;
    const bool ok = EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, bytes(key.key), bytes(head->nonce)) == 1 &&
        EVP_DecryptUpdate(cipher.get(), nullptr, &length, bytes(aad), int(aad.size())) == 1 &&
        EVP_DecryptUpdate(cipher.get(), bytes(plain), &length, bytes(head->data), int(size)) == 1 &&
        EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, int(TagSize), bytes(tag)) == 1 &&
        EVP_DecryptFinal_ex(cipher.get(), bytes(plain) + length, &length) == 1;
    if (!ok)
        return fail(Error::Kind::Auth, u"secret file: wrong passphrase"_s);
    const auto object = JsonReader::parseObject(plain);
    plain.fill('\0');
    if (!object)
        return fail(Error::Kind::BadReply, u"secret file: its content is not what this program writes"_s);
    Secrets secrets;
    for (auto it = object->constBegin(); it != object->constEnd(); ++it)
        secrets.insert(it.key(), it->toString());
    return secrets;
}

} // namespace core::credentials
