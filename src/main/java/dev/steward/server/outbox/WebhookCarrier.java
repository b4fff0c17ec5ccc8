// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.outbox;

import dev.steward.control.json.CanonicalJson;
import dev.steward.control.outbox.Carrier;
import dev.steward.control.outbox.Delivery;
import dev.steward.control.outbox.Notice;
import dev.steward.control.secret.SecretStore;
import dev.steward.domain.resource.Channel;
import java.net.URI;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// Posts notices: to a webhook as a signed CloudEvent, to Slack as its text.
final class WebhookCarrier implements Carrier {
  private static final int GONE = 410;
  private static final String CONTENT_TYPE = "content-type";

  private final Posting posting;
  private final SecretStore secrets;
  private final Supplier<String> address;
  private final InstantSource clock;

  /// @param address of this server, for links
  WebhookCarrier(
      Posting posting, SecretStore secrets, Supplier<String> address, InstantSource clock) {
    this.posting = posting;
    this.secrets = secrets;
    this.address = address;
    this.clock = clock;
  }

  @Override
  public void carry(Channel channel, Delivery delivery) throws NotCarried {
    boolean slack = channel.type() == Channel.Type.SLACK;
    boolean hidden = slack && channel.url().isEmpty();
    URI url = Posting.uri(hidden ? ChannelSecret.of(channel, secrets) : channel.url(), slack);
    String body = slack ? slack(delivery.notice()) : cloudEvent(delivery);
    int status =
        posting.post(
            url,
            slack ? Map.of(CONTENT_TYPE, "application/json") : signed(channel, delivery.id(), body),
            body);
    if (status < 200 || status > 299) {
      throw new NotCarried(Posting.place(url) + " answered " + status, status == GONE);
    }
  }

  private Map<String, String> signed(Channel channel, String id, String body) throws NotCarried {
    long seconds = clock.instant().getEpochSecond();
    Map<String, String> headers = new HashMap<>();
    headers.put(CONTENT_TYPE, "application/cloudevents+json; charset=UTF-8");
    headers.put("webhook-id", id);
    headers.put("webhook-timestamp", Long.toString(seconds));
    if (!channel.secret().isEmpty()) {
      headers.put(
          "webhook-signature", Signature.of(ChannelSecret.of(channel, secrets), id, seconds, body));
    }
    return headers;
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
}
