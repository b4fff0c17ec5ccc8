// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.Digest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A call of Bedrock that goes out with an AWS key: its signature is computed here once more, by
/// hand, from what reached the provider.
class SigningTest {
  private static final byte[] FINE = "{\"output\":{}}".getBytes(StandardCharsets.UTF_8);
  private static final String PATH = "/model/amazon.nova-lite-v1/converse";

  @TempDir Path folder;
  private GatewayServer gateway;

  @BeforeEach
  void open() {
    gateway = new GatewayServer(folder);
    gateway
        .provider()
        .always((request, out) -> ScriptedProvider.whole(out, 200, "application/json", FINE));
    gateway
        .server()
        .apply(
            gateway
                .manifest()
                .replace("models: [amazon.nova-lite-v1]}", "secret: aws, region: eu-central-1}"));
    gateway
        .server()
        .send(
            gateway
                .server()
                .request("/api/v1/secrets/aws")
                .PUT(BodyPublishers.ofString("AKIDEXAMPLE:the/secret+key:the-session"))
                .build());
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void isSignedAnewForTheProvidersAddressAndBody() throws GeneralSecurityException {
    HttpResponse<?> answer =
        gateway.post(
            PATH,
            "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"hi\"}]}]}",
            "x-amz-date",
            "20200101T000000Z",
            "x-amz-security-token",
            "the agent's");

    assertThat(answer.statusCode()).isEqualTo(200);
    ScriptedProvider.Received sent = gateway.provider().last();
    String authorization = Objects.requireNonNull(sent.headers().get("authorization"));
    String date = Objects.requireNonNull(sent.headers().get("x-amz-date"));
    String day = date.substring(0, 8);
    String scope = day + "/eu-central-1/bedrock/aws4_request";
    assertThat(authorization)
        .startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/" + scope + ", SignedHeaders=")
        .endsWith("Signature=" + signature(sent, date, scope, named(authorization)));
    assertThat(named(authorization)).contains("host", "x-amz-date", "x-amz-security-token");
    assertThat(date).isNotEqualTo("20200101T000000Z");
    assertThat(sent.headers()).containsEntry("x-amz-security-token", "the-session");
  }

  private static String named(String authorization) {
    int from = authorization.indexOf("SignedHeaders=") + "SignedHeaders=".length();
    return authorization.substring(from, authorization.indexOf(',', from));
  }

  private static String signature(
      ScriptedProvider.Received sent, String date, String scope, String named)
      throws GeneralSecurityException {
    StringBuilder request = new StringBuilder("POST\n" + PATH + "\n\n");
    for (String name : named.split(";", -1)) {
      request.append(name).append(':').append(sent.headers().get(name)).append('\n');
    }
    request.append('\n').append(named).append('\n').append(Digest.of(sent.body()).hex());
    String toSign =
        "AWS4-HMAC-SHA256\n" + date + "\n" + scope + "\n" + Digest.of(request.toString()).hex();
    byte[] key = "AWS4the/secret+key".getBytes(StandardCharsets.UTF_8);
    for (String part : scope.split("/", -1)) {
      key = hmac(key, part);
    }
    return HexFormat.of().formatHex(hmac(key, toSign));
  }

  private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }
}
