// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.settings;

import dev.steward.console.format.Figures;
import dev.steward.console.format.Moments;
import dev.steward.console.frame.Framer;
import dev.steward.console.frame.Visit;
import dev.steward.console.part.Deed;
import dev.steward.console.part.Empty;
import dev.steward.console.part.Mark;
import dev.steward.console.settings.SettingsPage.Cell;
import dev.steward.console.settings.SettingsPage.Row;
import dev.steward.console.settings.SettingsPage.Table;
import dev.steward.control.Control;
import dev.steward.control.outbox.Courier;
import dev.steward.control.outbox.Delivery;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.resource.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What people were told through channels, and whether it arrived.
final class Channels implements OperatorsArea {
  private static final int SHOWN_MAX = 200;
  private static final String MANIFEST =
      """
      steward apply -f - <<END
      apiVersion: steward/v1
      kind: Channel
      metadata: {name: on-call}
      spec: {type: slack, secret: slack-url, events: [approval.requested]}
      END\
      """;

  private final Control control;
  private final Courier courier;
  private final Framer framer;

  Channels(Control control, Courier courier, Framer framer) {
    this.control = control;
    this.courier = courier;
    this.framer = framer;
  }

  @Override
  public String segment() {
    return "channels";
  }

  @Override
  public String word() {
    return "Channels";
  }

  @Override
  public Content content(Visit visit) {
    Moments moments = framer.moments(visit.request());
    List<Row> rows = new ArrayList<>();
    for (Delivery delivery : courier.list(null, SHOWN_MAX)) {
      rows.add(row(visit, delivery, moments));
    }
    List<String> names = new ArrayList<>();
    for (Channel channel : control.state().all(Channel.class)) {
      names.add(channel.name());
    }
    return new Content(
        names.isEmpty()
            ? "Nobody is told anything yet: no Channel is declared."
            : "What people were told through "
                + String.join(", ", names)
                + ", the newest first. What does not arrive is tried again for about a day.",
        new Table(
            List.of("What", "Channel", "Status", "When"),
            rows,
            names.isEmpty()
                ? Empty.of("No channel is declared", "Declare one as a manifest.")
                    .withCopy(MANIFEST)
                : Empty.of("Nothing was told yet", "It shows here the moment there is something.")),
        List.of());
  }

  private static Row row(Visit visit, Delivery delivery, Moments moments) {
    return new Row(
        List.of(
            Cell.of(delivery.notice().title(), delivery.notice().event()),
            Cell.of(delivery.channel()),
            new Cell("", delivery.trouble(), Cell.Kind.TEXT, mark(delivery), null),
            Cell.of(
                moments.of(delivery.notice().at()),
                Figures.of(delivery.attempts(), "attempt", "attempts"))),
        false,
        again(visit, delivery));
  }

  private static Mark mark(Delivery delivery) {
    return switch (delivery.status()) {
      case DELIVERED -> new Mark(Mark.Tone.OK, "Arrived");
      case FAILED -> new Mark(Mark.Tone.CRITICAL, "Given up");
      case WAITING ->
          delivery.attempts() == 0
              ? new Mark(Mark.Tone.RUNNING, "Under way")
              : new Mark(Mark.Tone.WARNING, "Tried again later");
    };
  }

  private static @Nullable Deed again(Visit visit, Delivery delivery) {
    return delivery.status() == Delivery.Status.FAILED
        ? new Deed(
                delivery.id(),
                "/settings/channels/again",
                visit.request().csrf(),
                Map.of("id", delivery.id()),
                "Send it again through " + delivery.channel(),
                "It is tried up to eight times over about a day, under the same id as before.",
                "",
                false)
            .shown("Send again")
        : null;
  }

  @Override
  public Done act(Visit visit, String deed) {
    if (!deed.equals("again")) {
      throw new ApiException(ErrorCode.NOT_FOUND, "There is no such form.");
    }
    courier.again(visit.field("id"));
    return Done.of("It is being sent again.");
  }
}
