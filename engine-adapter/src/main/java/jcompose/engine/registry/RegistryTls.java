package jcompose.engine.registry;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import jcompose.core.engine.EngineException;

/// Whom a registry's TLS trusts, and what is shown to it.
final class RegistryTls {
  private static final char[] NO_PASSWORD = {};

  private RegistryTls() {}

  /// @param folder certificates for one registry; need not exist
  /// @return empty for what the JVM does by itself
  /// @throws EngineException.Invalid when a file in the folder cannot be used
  static Optional<SSLContext> of(Path folder, boolean insecure) {
    boolean own = Files.isDirectory(folder);
    if (!own && !insecure) {
      return Optional.empty();
    }
    try {
      KeyManager[] keys = own ? keys(folder) : new KeyManager[0];
      List<Path> authorities = own ? files(folder, ".crt") : List.of();
      TrustManager[] trusted;
      if (insecure) {
        trusted = new TrustManager[] {new TrustsAnyone()};
      } else {
        trusted = trusted(authorities);
      }
      var context = SSLContext.getInstance("TLS");
      context.init(keys, trusted, null);
      return Optional.of(context);
    } catch (IOException | GeneralSecurityException e) {
      throw new EngineException.Invalid("cannot use the certificates in " + folder + ": " + e);
    }
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(it -> it.getFileName().toString().endsWith(ending)).sorted().toList();
    }
  }

  /// The authorities of the machine and those of the folder.
  private static TrustManager[] trusted(List<Path> files)
      throws IOException, GeneralSecurityException {
    var usual = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    usual.init((KeyStore) null);
    if (files.isEmpty()) {
      return usual.getTrustManagers();
    }
    var store = emptyStore();
    int number = 0;
    for (TrustManager manager : usual.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager known) {
        for (Certificate one : known.getAcceptedIssuers()) {
          store.setCertificateEntry("" + number++, one);
        }
      }
    }
    for (Path file : files) {
      for (Certificate one : certificates(file)) {
        store.setCertificateEntry("" + number++, one);
      }
    }
    var all = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    all.init(store);
    return all.getTrustManagers();
  }

  private static KeyManager[] keys(Path folder) throws IOException, GeneralSecurityException {
    var store = emptyStore();
    for (Path file : files(folder, ".cert")) {
      String name = file.getFileName().toString().replaceFirst("\\.cert$", "");
      store.setKeyEntry(
          name,
          key(folder.resolve(name + ".key")),
          NO_PASSWORD,
          certificates(file).toArray(Certificate[]::new));
    }
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }

  private static Collection<? extends Certificate> certificates(Path file)
      throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in);
    }
  }

  private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
    String text = new String(Files.readAllBytes(file), US_ASCII);
    String body =
        text.replaceFirst("(?s).*-----BEGIN PRIVATE KEY-----", "")
            .replaceFirst("(?s)-----END PRIVATE KEY-----.*", "");
    if (body.length() == text.length()) {
      throw new InvalidKeySpecException(
          file + " is no unencrypted PKCS #8 key (openssl pkcs8 -topk8 -nocrypt makes one)");
    }
    var spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(body));
    for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (InvalidKeySpecException e) {
        // of another kind, then
      }
    }
    throw new InvalidKeySpecException(file + " is neither an RSA nor an elliptic curve key");
  }

  /// For registries that settings call insecure. It is given the whole connection, so that the JVM
  /// leaves the name in the certificate to it, too.
  private static final class TrustsAnyone extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
