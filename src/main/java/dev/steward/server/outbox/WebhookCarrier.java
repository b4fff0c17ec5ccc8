// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.outbox;

import dev.steward.control.json.CanonicalJson;
import dev.steward.control.outbox.Carrier;
import dev.steward.control.outbox.Delivery;
import dev.steward.control.outbox.Notice;
import dev.steward.control.secret.Secret;
import dev.steward.control.secret.SecretStore;
import dev.steward.domain.resource.Channel;
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
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// Posts notices: to a webhook as a signed CloudEvent, to Slack as its text.
final class WebhookCarrier implements Carrier {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int GONE = 410;
  private static final int CONNECTIONS_KEPT = 16;

  private final SecretStore secrets;
  private final Supplier<String> address;
  private final InstantSource clock;

  /// Made for the first notice: a client reads the certificates that it trusts, and a start need
  /// not wait for that.
  private final LazyValue<Http1Client> client;

  /// @param address of this server, for links
  WebhookCarrier(
      AddressGuard guard, SecretStore secrets, Supplier<String> address, InstantSource clock) {
    this.secrets = secrets;
    this.address = address;
    this.clock = clock;
    this.client = LazyValue.create(() -> client(guard));
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

  @Override
  public void carry(Channel channel, Delivery delivery) throws NotCarried {
    boolean slack = channel.type() == Channel.Type.SLACK;
    URI url = uri(slack && channel.url().isEmpty() ? secret(channel) : channel.url(), slack);
    String body = slack ? slack(delivery.notice()) : cloudEvent(delivery);
    Http1ClientRequest post =
        client
            .get()
            .post()
            .uri(url)
            .header(
                HeaderValues.create(
                    HeaderNames.CONTENT_TYPE,
                    slack ? "application/json" : "application/cloudevents+json; charset=UTF-8"))
            .header(HeaderValues.create(HeaderNames.USER_AGENT, "steward"));
    if (!slack) {
      sign(post, channel, delivery.id(), body);
    }
    int status;
    try (Http1ClientResponse response = post.submit(body.getBytes(StandardCharsets.UTF_8))) {
      status = response.status().code();
    } catch (RuntimeException e) {
      throw new NotCarried(place(url) + " could not be reached: " + reason(e), false);
    }
    if (status < 200 || status > 299) {
      throw new NotCarried(place(url) + " answered " + status, status == GONE);
    }
  }

  private void sign(Http1ClientRequest post, Channel channel, String id, String body)
      throws NotCarried {
    long seconds = clock.instant().getEpochSecond();
    post.header(HeaderValues.create(HeaderNames.create("webhook-id"), id));
    post.header(
        HeaderValues.create(HeaderNames.create("webhook-timestamp"), Long.toString(seconds)));
    if (!channel.secret().isEmpty()) {
      post.header(
          HeaderValues.create(
              HeaderNames.create("webhook-signature"),
              Signature.of(secret(channel), id, seconds, body)));
    }
  }

  /// CloudEvents 1.0, structured.
  private String cloudEvent(Delivery delivery) {
    Notice notice = delivery.notice();
    ObjectNode event = CanonicalJson.object();
    event.put("specversion", "1.0");
    event.put("id", delivery.id());
    event.put("source", address.get());
    event.put("type", "dev.steward." + notice.event());
    event.put("subject", notice.subject());
    event.put("time", notice.at().toString());
    event.put("datacontenttype", "application/json");
    ObjectNode data = event.putObject("data");
    data.put("title", notice.title());
    data.put("text", notice.text());
    data.put("url", address.get() + notice.path());
    for (Map.Entry<String, String> one : new TreeMap<>(notice.data()).entrySet()) {
      data.put(one.getKey(), one.getValue());
    }
    return event.toString();
  }

  private String slack(Notice notice) {
    String text =
        "*"
            + escaped(notice.title())
            + "*"
            + (notice.text().isEmpty() ? "" : "\n" + escaped(notice.text()))
            + "\n<"
            + address.get()
            + notice.path()
            + "|Open in Steward>";
    return CanonicalJson.object().put("text", text).toString();
  }

  /// As Slack wants it, so that no name can write a link or call a channel.
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private String secret(Channel channel) throws NotCarried {
    return secrets
        .get(channel.secret())
        .map(Secret::reveal)
        .orElseThrow(() ->
            new NotCarried(
                "the secret '"
                    + channel.secret()
                    + "' is not set: set it with 'steward secrets set "
                    + channel.secret()
                    + "'",
                false));
  }

  private static URI uri(String url, boolean secret) throws NotCarried {
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
  private static String place(URI url) {
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
