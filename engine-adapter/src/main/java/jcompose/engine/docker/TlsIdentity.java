package jcompose.engine.docker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
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
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import jcompose.core.engine.EngineException;

/// The PEM files of a `DOCKER_CERT_PATH` folder as the JDK wants them.
final class TlsIdentity {
  private static final Pattern PRIVATE_KEY =
      Pattern.compile(
          "-----BEGIN (?<kind>[A-Z ]*)PRIVATE KEY-----(?<body>[^-]+)-----END [A-Z ]*PRIVATE"
              + " KEY-----");
  private static final char[] NO_PASSWORD = {};

  private TlsIdentity() {}

  /// @param verify checks the daemon's certificate against ca.pem; the client certificate is sent
  ///   when cert.pem and key.pem are there
  static SSLContext load(Path folder, boolean verify) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(folder), verify ? authorities(folder) : TRUST_ALL, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new EngineException.Invalid(
          "cannot use the TLS files in " + folder + ": " + e.getMessage());
    }
  }

  private static KeyManager[] keys(Path folder) throws IOException, GeneralSecurityException {
    Path certificate = folder.resolve("cert.pem");
    Path key = folder.resolve("key.pem");
    if (!Files.exists(certificate) || !Files.exists(key)) {
      return new KeyManager[0];
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    store.setKeyEntry(
        "client",
        privateKey(key),
        NO_PASSWORD,
        certificates(certificate).toArray(Certificate[]::new));
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static TrustManager[] authorities(Path folder)
      throws IOException, GeneralSecurityException {
    Path file = folder.resolve("ca.pem");
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    if (!Files.exists(file)) {
      factory.init((KeyStore) null);
      return factory.getTrustManagers();
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    int number = 0;
    for (X509Certificate each : certificates(file)) {
      store.setCertificateEntry("ca-" + number++, each);
    }
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static List<X509Certificate> certificates(Path file)
      throws IOException, GeneralSecurityException {
    try (InputStream input = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(input).stream()
          .map(X509Certificate.class::cast)
          .toList();
    }
  }

  static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
    Matcher pem = PRIVATE_KEY.matcher(Files.readString(file));
    if (!pem.find() || pem.group("kind").startsWith("ENCRYPTED")) {
      throw new GeneralSecurityException(file + " holds no unencrypted private key in PEM form");
    }
    byte[] der = Base64.getMimeDecoder().decode(pem.group("body"));
    return switch (pem.group("kind").strip()) {
      case "" -> pkcs8(der, file);
      case "RSA" -> pkcs8(wrapRsa(der), file);
      default ->
          throw new GeneralSecurityException(
              file
                  + " is in a form the JDK does not read; convert it with `openssl pkcs8 -topk8"
                  + " -nocrypt`");
    };
  }

  private static PrivateKey pkcs8(byte[] der, Path file) throws GeneralSecurityException {
    for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
      } catch (InvalidKeySpecException e) {
        // a key of another algorithm
      }
    }
    throw new GeneralSecurityException(file + " is no RSA, EC or EdDSA key");
  }

  /// PKCS#1 as PKCS#8 (RFC 5208): version 0, the algorithm rsaEncryption, the key as octets.
  private static byte[] wrapRsa(byte[] key) {
    byte[] versionAndAlgorithm = {
      2, 1, 0, 0x30, 13, 6, 9, 42, (byte) 0x86, 72, (byte) 0x86, (byte) 0xf7, 13, 1, 1, 1, 5, 0
    };
    var content = new ByteArrayOutputStream();
    content.writeBytes(versionAndAlgorithm);
    content.writeBytes(der(4, key));
    return der(0x30, content.toByteArray());
  }

  private static byte[] der(int tag, byte[] content) {
    var out = new ByteArrayOutputStream();
    out.write(tag);
    out.write(0x82); // two bytes of length; longer than the shortest form, which decoders accept
    out.write(content.length >> 8);
    out.write(content.length);
    out.writeBytes(content);
    return out.toByteArray();
  }

  /// For `DOCKER_TLS` without `DOCKER_TLS_VERIFY`, which asks for encryption only.
  private static final TrustManager[] TRUST_ALL = {
    new X509ExtendedTrustManager() {
      @Override
      public void checkClientTrusted(X509Certificate[] chain, String type) {}

      @Override
      public void checkServerTrusted(X509Certificate[] chain, String type) {}

      @Override
      public void checkClientTrusted(
          X509Certificate[] chain, String type, java.net.Socket socket) {}

      @Override
      public void checkServerTrusted(
          X509Certificate[] chain, String type, java.net.Socket socket) {}

      @Override
      public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

      @Override
      public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

      @Override
      public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
      }
    }
  };
}
