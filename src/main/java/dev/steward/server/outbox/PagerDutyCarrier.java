// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.outbox;

import dev.steward.control.alert.Alert;
import dev.steward.control.alert.AlertStatus;
import dev.steward.control.json.CanonicalJson;
import dev.steward.control.outbox.AlertNotices;
import dev.steward.control.outbox.Carrier;
import dev.steward.control.outbox.Delivery;
import dev.steward.control.outbox.Notice;
import dev.steward.control.secret.SecretStore;
import dev.steward.control.state.State;
import dev.steward.domain.resource.Channel;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Sends alerts as events of PagerDuty's Events API v2: one incident there for each alert here.
final class PagerDutyCarrier implements Carrier {
  private static final String USUAL = "https://events.pagerduty.com/v2/enqueue";
  private static final int SUMMARY_CHARACTERS_MAX = 1_024;
  private static final int REFUSED = 400;

  private final Posting posting;
  private final SecretStore secrets;
  private final Supplier<String> address;
  private final Supplier<State> state;

  /// @param address of this server, for links
  PagerDutyCarrier(
      Posting posting, SecretStore secrets, Supplier<String> address, Supplier<State> state) {
    this.posting = posting;
    this.secrets = secrets;
    this.address = address;
    this.state = state;
  }

  @Override
  public void carry(Channel channel, Delivery delivery) throws NotCarried {
    Notice notice = delivery.notice();
    String action = action(notice);
    URI url = Posting.uri(channel.url().isEmpty() ? USUAL : channel.url(), false);
    String body = event(notice, action, ChannelSecret.of(channel, secrets)).toString();
    int status = posting.post(url, Map.of("content-type", "application/json"), body);
    if (status < 200 || status > 299) {
      // All else may be said by a proxy on the way, or pass.
      throw new NotCarried(Posting.place(url) + " answered " + status, status == REFUSED);
    }
  }

  /// A trigger that comes late, because it had to be tried again, would open there what nothing
  /// ever closes, or call people for what somebody has taken on.
  private String action(Notice notice) throws NotCarried {
    return switch (notice.event()) {
      case AlertNotices.FIRING -> {
        Optional<Alert> alert = state.get().alerts().find(notice.subject());
        yield switch (alert.map(Alert::status).orElse(AlertStatus.RESOLVED)) {
          case FIRING -> "trigger";
          case ACKNOWLEDGED ->
              throw new NotCarried(
                  "the alert was acknowledged before PagerDuty could be told of it", true);
          case RESOLVED ->
              throw new NotCarried("the alert was over before PagerDuty could be told of it", true);
        };
      }
      case AlertNotices.ACKNOWLEDGED -> "acknowledge";
      case AlertNotices.RESOLVED -> "resolve";
      default -> throw new NotCarried("PagerDuty is told of alerts alone", true);
    };
  }

  private ObjectNode event(Notice notice, String action, String routingKey) {
    ObjectNode event = CanonicalJson.object();
    event.put("routing_key", routingKey);
    event.put("event_action", action);
    event.put("dedup_key", notice.subject());
    if (!action.equals("trigger")) {
      return event;
    }
    Map<String, String> data = notice.data();
    event.put("client", "Steward");
    event.put("client_url", address.get() + notice.path());
    ObjectNode payload = event.putObject("payload");
    payload.put("summary", cut(notice.title()));
    payload.put("source", address.get());
    payload.put("severity", severity(data.getOrDefault("severity", "")));
    payload.put("timestamp", data.getOrDefault("began", notice.at().toString()));
    payload.put("component", data.getOrDefault("agents", ""));
    payload.put("group", data.getOrDefault("group", ""));
    payload.put("class", data.getOrDefault("rule", ""));
    ObjectNode details = payload.putObject("custom_details");
    details.put("text", notice.text());
    new TreeMap<>(data).forEach(details::put);
    links(event.putArray("links"), notice);
    return event;
  }

  private void links(ArrayNode links, Notice notice) {
    Map<String, String> data = notice.data();
    link(links, address.get() + notice.path(), "The alert in Steward");
    if (!data.getOrDefault("runbook", "").isEmpty()) {
      link(links, data.getOrDefault("runbook", ""), "What to do");
    }
    if (data.containsKey("incidentPath")) {
      link(links, address.get() + data.get("incidentPath"), "The incident in Steward");
    }
  }

  private static void link(ArrayNode links, String href, String text) {
    links.addObject().put("href", href).put("text", text);
  }

  private static String severity(String level) {
    return switch (level) {
      case "critical", "warning" -> level;
      default -> "info";
    };
  }

  private static String cut(String title) {
    return title.length() <= SUMMARY_CHARACTERS_MAX
        ? title
        : title.substring(0, SUMMARY_CHARACTERS_MAX);
  }
}
