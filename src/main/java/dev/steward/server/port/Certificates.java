// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.port;

import dev.steward.server.folder.StartRefused;
import dev.steward.server.section.HttpConfig;
import io.helidon.common.configurable.Resource;
import io.helidon.common.pki.Keys;
import io.helidon.common.tls.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The certificate and key that a server shows, from PEM files.
public final class Certificates {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  private Certificates() {}

  /// Looks at the files before any port is opened with them.
  ///
  /// @throws StartRefused when they are unreadable, do not belong together or are out of date
  public static void check(HttpConfig config, Instant now) {
    Path cert = config.tlsCert();
    Path key = config.tlsKey();
    if (cert != null && key != null) {
      check(cert, key, now);
    }
  }

  /// Empty when TLS is off.
  static Optional<Tls> tls(HttpConfig config) {
    Path cert = config.tlsCert();
    Path key = config.tlsKey();
    if (cert == null || key == null) {
      return Optional.empty();
    }
    Keys keys =
        Keys.builder()
            .pem(p -> p.key(Resource.create(key)).certChain(Resource.create(cert)))
            .build();
    return Optional.of(Tls.builder().privateKey(keys).privateKeyCertChain(keys).build());
  }

  private static void check(Path certFile, Path keyFile, Instant now) {
    X509Certificate certificate = certificate(certFile);
    if (now.isAfter(certificate.getNotAfter().toInstant())) {
      throw new StartRefused(
          "the certificate in %s (http.tls-cert) expired at %s: put a new one there"
              .formatted(certFile, certificate.getNotAfter().toInstant()));
    }
    if (now.isBefore(certificate.getNotBefore().toInstant())) {
      throw new StartRefused(
          "the certificate in %s (http.tls-cert) is valid only from %s: check this machine's clock"
              .formatted(certFile, certificate.getNotBefore().toInstant()));
    }
    if (!belongs(key(keyFile, certificate), certificate)) {
      throw new StartRefused(
          "the key in %s (http.tls-key) is not that of the certificate in %s (http.tls-cert): the"
                  .formatted(keyFile, certFile)
              + " server's own certificate comes first in the file, and the key must be its");
    }
  }

  private static X509Certificate certificate(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> chain =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      for (Certificate first : chain) {
        if (first instanceof X509Certificate x509) {
          return x509;
        }
      }
      throw new StartRefused(
          file + " (http.tls-cert) holds no certificate: it must be a PEM file with the chain");
    } catch (CertificateException e) {
      throw new StartRefused(
          file + " (http.tls-cert) is no PEM file of certificates: " + e.getMessage(), e);
    } catch (IOException e) {
      throw unreadable(file, "http.tls-cert", e);
    }
  }

  private static PrivateKey key(Path file, X509Certificate certificate) {
    try {
      Matcher pem = KEY.matcher(Files.readString(file));
      if (!pem.find()) {
        throw new StartRefused(
            file
                + " (http.tls-key) holds no unencrypted PKCS #8 key ('BEGIN PRIVATE KEY'): convert"
                + " it with 'openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW'");
      }
      byte[] bytes = Base64.getMimeDecoder().decode(pem.group(1));
      String algorithm = certificate.getPublicKey().getAlgorithm();
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
    } catch (IOException e) {
      throw unreadable(file, "http.tls-key", e);
    } catch (GeneralSecurityException e) {
      throw new StartRefused(
          "the key in %s (http.tls-key) is no %s key, as the certificate needs one: %s"
              .formatted(file, certificate.getPublicKey().getAlgorithm(), e.getMessage()),
          e);
    }
  }

  private static StartRefused unreadable(Path file, String setting, IOException e) {
    return new StartRefused(
        "%s (%s) cannot be read: %s; check the path and its rights".formatted(file, setting, e), e);
  }

  private static boolean belongs(PrivateKey key, X509Certificate certificate) {
    byte[] words = {1, 2, 3};
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> key.getAlgorithm();
        };
    try {
      Signature signing = Signature.getInstance(algorithm);
      signing.initSign(key);
      signing.update(words);
      byte[] signature = signing.sign();
      signing.initVerify(certificate.getPublicKey());
      signing.update(words);
      return signing.verify(signature);
    } catch (GeneralSecurityException e) {
      throw new StartRefused("the TLS key cannot be used: " + e.getMessage(), e);
    }
  }
}
