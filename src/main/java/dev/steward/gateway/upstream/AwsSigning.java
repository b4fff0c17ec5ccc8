// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.upstream;

import dev.steward.domain.resource.ModelProvider;
import dev.steward.gateway.wire.Header;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/// Signs a request for Bedrock anew, since the signature that it came with covers the gateway's
/// address and body (AWS Signature Version 4).
final class AwsSigning {
  private static final Pattern REGION = Pattern.compile("[.-]([a-z]{2}(?:-[a-z]+)+-\\d)[.]");
  private static final AwsV4HttpSigner SIGNER = AwsV4HttpSigner.create();

  private AwsSigning() {}

  /// Whether the secret is a pair `ACCESS_KEY_ID:SECRET_KEY` with an optional `:SESSION_TOKEN`,
  /// rather than a bearer key.
  static boolean signs(String key) {
    return key.indexOf(':') > 0;
  }

  static UpstreamRequest signed(UpstreamRequest request, String key) {
    SdkHttpRequest.Builder unsigned =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.fromValue(request.method()))
            .uri(URI.create(request.uri()));
    for (Header header : request.headers()) {
      if (signable(header.name())) {
        unsigned.appendHeader(header.name(), header.value());
      }
    }
    SignedRequest signed =
        SIGNER.sign(r ->
            r.identity(identity(key))
                .request(unsigned.build())
                .payload(ContentStreamProvider.fromByteArray(request.body()))
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "bedrock")
                .putProperty(AwsV4HttpSigner.REGION_NAME, region(request.provider())));
    List<Header> headers = new ArrayList<>();
    request.headers().stream().filter(h -> !signable(h.name())).forEach(headers::add);
    for (Map.Entry<String, List<String>> header : signed.request().headers().entrySet()) {
      if (!header.getKey().equalsIgnoreCase("host")) {
        header.getValue().forEach(value -> headers.add(new Header(header.getKey(), value)));
      }
    }
    return new UpstreamRequest(
        request.provider(), request.method(), request.uri(), headers, request.body());
  }

  /// A header that a proxy on the way may change is not signed.
  private static boolean signable(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.equals("content-type") || lower.startsWith("x-amzn-bedrock-");
  }

  private static AwsCredentialsIdentity identity(String key) {
    String[] parts = key.split(":", 3);
    return parts.length == 3
        ? AwsSessionCredentialsIdentity.create(parts[0], parts[1], parts[2])
        : AwsCredentialsIdentity.create(parts[0], parts[1]);
  }

  private static String region(ModelProvider provider) {
    if (!provider.reach().region().isEmpty()) {
      return provider.reach().region();
    }
    Matcher named = REGION.matcher(provider.url());
    if (!named.find()) {
      throw new RefusedException(
          Refusal.of(
              Refusal.Kind.INTERNAL,
              "The address of the ModelProvider "
                  + provider.name()
                  + " names no AWS region: set its 'region'."));
    }
    return named.group(1);
  }
}
