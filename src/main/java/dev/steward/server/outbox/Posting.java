// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.outbox;

import dev.steward.control.outbox.Carrier.NotCarried;
import io.helidon.common.LazyValue;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webclient.api.DnsAddressLookup;
import io.helidon.webclient.http1.Http1Client;
import io.helidon.webclient.http1.Http1ClientRequest;
import io.helidon.webclient.http1.Http1ClientResponse;
import io.helidon.webclient.spi.DnsResolver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/// Posts over HTTP to where the guard lets it.
final class Posting {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int CONNECTIONS_KEPT = 16;

  /// Made for the first notice: a client reads the certificates that it trusts, and a start need
  /// not wait for that.
  private final LazyValue<Http1Client> client;

  Posting(AddressGuard guard) {
    this.client = LazyValue.create(() -> client(guard));
  }

  /// The status of the answer.
  int post(URI url, Map<String, String> headers, String body) throws NotCarried {
    Http1ClientRequest post =
        client.get().post().uri(url).header(HeaderValues.create(HeaderNames.USER_AGENT, "steward"));
    headers.forEach(
        (name, value) -> post.header(HeaderValues.create(HeaderNames.create(name), value)));
    try (Http1ClientResponse response = post.submit(body.getBytes(StandardCharsets.UTF_8))) {
      return response.status().code();
    } catch (RuntimeException e) {
      throw new NotCarried(place(url) + " could not be reached: " + reason(e), false);
    }
  }

  private static Http1Client client(AddressGuard guard) {
    return Http1Client.builder()
        .dnsResolver(new Guarded(guard))
        .shareConnectionCache(false)
        .connectionCacheSize(CONNECTIONS_KEPT)
        .followRedirects(false)
        .sendExpectContinue(false)
        .socketOptions(o -> o.connectTimeout(PATIENCE))
        .readTimeout(PATIENCE)
        .build();
  }

  /// Every name is looked at where it is resolved, so that nothing else is connected to.
  private record Guarded(AddressGuard guard) implements DnsResolver {
    @Override
    public InetAddress resolveAddress(String host, DnsAddressLookup lookup) {
      try {
        return guard.find(host);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  static URI uri(String url, boolean secret) throws NotCarried {
    try {
      URI uri = URI.create(url);
      if (uri.getHost() != null && String.valueOf(uri.getScheme()).startsWith("http")) {
        return uri;
      }
    } catch (IllegalArgumentException _) {
      // Told below, without the url, which may be the secret itself.
    }
    throw new NotCarried(
        secret ? "the secret holds no url" : "the url of the channel is none", false);
  }

  /// The host alone: the rest of an url may be secret.
  static String place(URI url) {
    return url.getScheme() + "://" + url.getRawAuthority();
  }

  private static String reason(Throwable e) {
    Throwable at = e;
    while (at.getCause() != null && at.getCause() != at) {
      at = at.getCause();
    }
    return at.getMessage() == null ? at.toString() : at.getMessage();
  }
}
