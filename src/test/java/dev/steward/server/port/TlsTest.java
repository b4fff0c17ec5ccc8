// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.server.Otlp;
import dev.steward.server.TestServer;
import dev.steward.server.folder.StartRefused;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// TLS on all three ports with certificates made here, and files that cannot be used.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private Path keys;
  private Path folder;

  @BeforeAll
  void make(@TempDir Path made) throws Exception {
    keys = Files.createDirectories(made.resolve("keys"));
    folder = made.resolve("data");
    make("good", "-1d", "30");
    make("other", "-1d", "30");
    make("expired", "-10d", "5");
  }

  @Test
  void allThreePortsSpeakIt() throws Exception {
    try (TestServer server = open("good", "good");
        HttpClient client = HttpClient.newBuilder().sslContext(trusting()).build()) {
      assertThat(server.steward().address()).startsWith("https://");
      HttpResponse<String> ready =
          client.send(
              HttpRequest.newBuilder(server.uri("/readyz")).build(), BodyHandlers.ofString());
      assertThat(ready.statusCode()).isEqualTo(200);
      assertThat(ready.headers().firstValue("Strict-Transport-Security")).isPresent();
      URI otlp = URI.create("https://127.0.0.1:" + server.steward().otlpHttpPort() + "/v1/traces");
      HttpRequest export =
          HttpRequest.newBuilder(otlp)
              .header("Content-Type", "application/x-protobuf")
              .POST(BodyPublishers.ofByteArray(Otlp.spans(1, 2).toByteArray()))
              .build();
      assertThat(client.send(export, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
      assertThat(overGrpc(server.steward().otlpGrpcPort())).isFalse();
      assertThat(counts(client, server)).contains("\"accepted\":4");
    }
  }

  @Test
  void aClientThatDoesNotTrustItIsNotServed() {
    try (TestServer server = open("good", "good");
        HttpClient stranger = HttpClient.newHttpClient()) {
      assertThatThrownBy(() ->
              stranger.send(
                  HttpRequest.newBuilder(server.uri("/readyz")).build(), BodyHandlers.discarding()))
          .isInstanceOf(SSLHandshakeException.class);
    }
  }

  @Test
  void filesThatCannotBeUsedAreRefusedByCausePlaceAndRemedy() throws IOException {
    assertRefused("good", "other", "is not that of the certificate", "other.key");
    assertRefused("expired", "expired", "expired at", "put a new one there");
    assertRefused("missing", "good", "missing.crt", "check the path");
    Files.writeString(keys.resolve("text.crt"), "no certificate");
    assertRefused("text", "good", "text.crt", "http.tls-cert");
    Files.writeString(keys.resolve("old.key"), "-----BEGIN RSA PRIVATE KEY-----\nAA==\n");
    assertRefused("good", "old", "PKCS #8", "openssl pkcs8");
  }

  private void assertRefused(String cert, String key, String... words) {
    assertThatThrownBy(() -> open(cert, key).close())
        .isInstanceOf(StartRefused.class)
        .message()
        .contains(words);
  }

  private TestServer open(String cert, String key) {
    return TestServer.open(
        folder,
        Map.of(
            "http.tls-cert", keys.resolve(cert + ".crt").toString(),
            "http.tls-key", keys.resolve(key + ".key").toString()));
  }

  private static String counts(HttpClient client, TestServer server) throws Exception {
    return client.send(server.request("/api/v1/ingest").build(), BodyHandlers.ofString()).body();
  }

  private boolean overGrpc(int port) throws Exception {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("localhost", port)
            .sslContext(
                GrpcSslContexts.forClient().trustManager(keys.resolve("good.crt").toFile()).build())
            .build();
    try {
      return TraceServiceGrpc.newBlockingStub(channel).export(Otlp.spans(2, 2)).hasPartialSuccess();
    } finally {
      channel.shutdownNow();
    }
  }

  private SSLContext trusting() throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("good", store("good").getCertificate("it"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private void make(String name, String from, String days) throws Exception {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "it",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-startdate",
                from,
                "-validity",
                days,
                "-keystore",
                keys.resolve(name + ".p12").toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .redirectOutput(keys.resolve(name + ".log").toFile())
            .start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(keytool.exitValue()).as(Files.readString(keys.resolve(name + ".log"))).isZero();
    KeyStore store = store(name);
    Key key = store.getKey("it", PASSWORD);
    write(name + ".key", "PRIVATE KEY", key.getEncoded());
    write(name + ".crt", "CERTIFICATE", store.getCertificate("it").getEncoded());
  }

  private KeyStore store(String name) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys.resolve(name + ".p12"))) {
      store.load(in, PASSWORD);
    }
    return store;
  }

  private void write(String file, String what, byte[] bytes) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    Files.writeString(
        keys.resolve(file),
        "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, body, what));
  }
}
