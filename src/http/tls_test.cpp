#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <filesystem>

#include "base/fault.h"
#include "http/testing.h"

namespace huilu::http {
namespace {

using testing::Client;
using testing::echo;
using testing::get;
using testing::post;
using testing::quick_options;
using testing::Served;

template <auto release>
struct Release {
  template <class T>
  void operator()(T* object) const {
    release(object);
  }
};
template <class T, auto release>
using Owned = std::unique_ptr<T, Release<release>>;

// A certificate for itself and its key, in a folder of their own.
struct Certificate {
  std::string folder = (std::filesystem::temp_directory_path() / "huilu-tls-XXXXXX").string();

  Certificate() {
    EXPECT_NE(::mkdtemp(folder.data()), nullptr);
    const Owned<EVP_PKEY, EVP_PKEY_free> key(EVP_EC_gen("P-256"));
    const Owned<X509, X509_free> certificate(X509_new());
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
    X509_set_pubkey(certificate.get(), key.get());
    X509_NAME* name = X509_get_subject_name(certificate.get());
    const auto* word = reinterpret_cast<const unsigned char*>("localhost");
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, word, -1, -1, 0);
    X509_set_issuer_name(certificate.get(), name);
    EXPECT_GT(X509_sign(certificate.get(), key.get(), EVP_sha256()), 0);
    const Owned<FILE, fclose> out(fopen(path().c_str(), "w"));
    EXPECT_EQ(PEM_write_X509(out.get(), certificate.get()), 1);
    const Owned<FILE, fclose> key_out(fopen(key_path().c_str(), "w"));
    EXPECT_EQ(PEM_write_PrivateKey(key_out.get(), key.get(), {}, {}, 0, {}, {}), 1);
  }
  ~Certificate() { std::filesystem::remove_all(folder); }

  std::string path() const { return folder + "/certificate.pem"; }
  std::string key_path() const { return folder + "/key.pem"; }

  Options options() const {
    Options options = quick_options();
    options.tls_certificate = path();
    options.tls_key = key_path();
    return options;
  }
};

class SecureClient {
 public:
  SecureClient(std::uint16_t port, const Certificate& trusted, int version_max = TLS1_3_VERSION)
      : client_(port), context_(SSL_CTX_new(TLS_client_method())) {
    SSL_CTX_load_verify_file(context_.get(), trusted.path().c_str());
    SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_security_level(context_.get(), 0);  // what is tested is what the server refuses
    SSL_CTX_set_max_proto_version(context_.get(), version_max);
    ssl_.reset(SSL_new(context_.get()));
    SSL_set_fd(ssl_.get(), client_.socket());
  }

  bool connect() { return SSL_connect(ssl_.get()) == 1; }
  std::string version() const { return SSL_get_version(ssl_.get()); }
  void send(const std::string& bytes) {
    SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size()));
  }
  // Until the server says that it is done; "" if it never said it.
  std::string read_all() {
    std::string all;
    char bytes[16 * 1024];
    int size = 0;
    while ((size = SSL_read(ssl_.get(), bytes, sizeof bytes)) > 0) {
      all.append(bytes, static_cast<std::size_t>(size));
    }
    return SSL_get_error(ssl_.get(), size) == SSL_ERROR_ZERO_RETURN ? all : "";
  }

 private:
  Client client_;
  Owned<SSL_CTX, SSL_CTX_free> context_;
  Owned<SSL, SSL_free> ssl_;
};

TEST(Tls, requests_and_answers_pass) {
  const Certificate certificate;
  Served served(certificate.options());
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    SecureClient client(served.port, certificate, version);
    ASSERT_TRUE(client.connect());
    const std::string body(200'000, 'x');
    client.send(post("/one", body));
    client.send("GET /two HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n");
    const std::string all = client.read_all();
    EXPECT_NE(all.find("/one" + body), std::string::npos) << client.version();
    EXPECT_TRUE(all.ends_with("/two"));
  }
}

TEST(Tls, a_large_answer_comes_whole_from_a_file) {
  const Certificate certificate;
  const std::string path = certificate.folder + "/large";
  const Owned<FILE, fclose> file(fopen(path.c_str(), "w"));
  const std::string content(1'000'000, 'y');
  fwrite(content.data(), 1, content.size(), file.get());
  fflush(file.get());
  Served served(certificate.options(), [&](const Request&, const Responder& respond) {
    Response response;
    response.file = path;
    respond(std::move(response));
  });
  SecureClient client(served.port, certificate);
  ASSERT_TRUE(client.connect());
  client.send("GET / HTTP/1.0\r\n\r\n");
  EXPECT_TRUE(client.read_all().ends_with("\r\n\r\n" + content));
}

TEST(Tls, versions_before_1_2_are_refused) {
  const Certificate certificate;
  Served served(certificate.options());
  EXPECT_FALSE(SecureClient(served.port, certificate, TLS1_1_VERSION).connect());
}

TEST(Tls, who_never_shakes_hands_is_cut_and_plain_text_is_not_answered) {
  const Certificate certificate;
  Options options = certificate.options();
  options.head_timeout = std::chrono::milliseconds(100);
  Served served(options);
  Client silent(served.port);
  EXPECT_TRUE(silent.is_closed());
  EXPECT_EQ(Client(served.port).ask(get("/")).status, 0);
  EXPECT_EQ(served.server.counters().requests, 0u);
}

TEST(Tls, a_certificate_that_cannot_be_used_is_a_fault) {
  const Certificate certificate;
  const Certificate other;
  const auto start = [](const Options& options) {
    Server(
        options, [](const Request&) { return BodyPlan{}; }, echo)
        .start();
  };
  Options missing = certificate.options();
  missing.tls_certificate += ".missing";
  EXPECT_THROW(start(missing), Fault);
  Options mixed = certificate.options();
  mixed.tls_key = other.key_path();
  EXPECT_THROW(start(mixed), Fault);
  Options half = certificate.options();
  half.tls_key.clear();
  EXPECT_THROW(start(half), Fault);
}

}  // namespace
}  // namespace huilu::http
