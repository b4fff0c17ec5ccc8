// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.outbox;

import dev.steward.control.access.Permission;
import dev.steward.control.access.Target;
import dev.steward.control.outbox.Courier;
import dev.steward.control.outbox.Delivery;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.server.access.Need;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What people are told, and whether it arrived.
public final class OutboxApi {
  private static final String GROUP = "Channels";
  private static final int LIST_MAX = 500;

  private final Courier courier;

  public OutboxApi(Courier courier) {
    this.courier = courier;
  }

  /// A notice on its way through one channel.
  ///
  /// @param status waiting, delivered or failed
  /// @param due when it is tried next, null for what is not waiting
  /// @param trouble why the last attempt failed, null when none did
  public record DeliveryItem(
      String id,
      String channel,
      String event,
      String subject,
      String title,
      String status,
      int attempts,
      @Nullable Instant due,
      @Nullable String trouble,
      Instant at,
      Instant changedAt) {}

  /// The newest first, at most 500.
  public record DeliveryList(List<DeliveryItem> items) {}

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/deliveries", Need.of(Permission.OPERATE))
            .about(GROUP, "What people were told through channels, and whether it arrived.")
            .query("status", "string", "waiting, delivered or failed; all without it.")
            .gives(DeliveryList.class)
            .by(this::list),
        Route.post("/api/v1/deliveries/{id}/retry", Need.of(Permission.OPERATE))
            .about(GROUP, "Sends once more what was given up.")
            .gives(DeliveryItem.class)
            .by(this::retry));
  }

  private Reply list(Exchange exchange) {
    exchange.caller().require(Permission.OPERATE, Target.SERVER);
    List<DeliveryItem> items = new ArrayList<>();
    for (Delivery delivery :
        courier.list(exchange.query("status").map(OutboxApi::status).orElse(null), LIST_MAX)) {
      items.add(item(delivery));
    }
    return Reply.json(new DeliveryList(items));
  }

  private Reply retry(Exchange exchange) {
    exchange.caller().require(Permission.OPERATE, Target.SERVER);
    return Reply.json(item(courier.again(exchange.pathParameter("id"))));
  }

  private static DeliveryItem item(Delivery delivery) {
    return new DeliveryItem(
        delivery.id(),
        delivery.channel(),
        delivery.notice().event(),
        delivery.notice().subject(),
        delivery.notice().title(),
        delivery.status().word(),
        delivery.attempts(),
        delivery.status() == Delivery.Status.WAITING ? delivery.due() : null,
        delivery.trouble().isEmpty() ? null : delivery.trouble(),
        delivery.notice().at(),
        delivery.changedAt());
  }

  private static Delivery.Status status(String word) {
    for (Delivery.Status status : Delivery.Status.values()) {
      if (status.word().equals(word)) {
        return status;
      }
    }
    throw new ApiException(
        ErrorCode.INVALID, "status is '" + word + "': say waiting, delivered or failed");
  }
}
