// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.asking;

import dev.steward.control.state.State;
import dev.steward.domain.Cost;
import dev.steward.domain.Usage;
import dev.steward.gateway.MoneyStep;
import dev.steward.gateway.budget.Held;
import dev.steward.gateway.estimate.CallSize;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.record.Place;
import dev.steward.gateway.record.SampledRecord;
import dev.steward.gateway.record.SampledRecords;
import dev.steward.gateway.run.Overheard;
import dev.steward.gateway.run.Runs;
import dev.steward.gateway.window.Actual;
import dev.steward.gateway.wire.RefusedException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a tool server has the client's model do, as the model call of the run that it is: held in
/// its budgets before it is asked, charged and recorded once it is answered.
public final class Sampling {
  private final Supplier<State> state;
  private final MoneyStep money;
  private final Runs runs;
  private final Overheard overheard;
  private final SampledRecords records;
  private final InstantSource clock;
  private final Supplier<String> ids;

  /// @param ids of spans
  public Sampling(
      Supplier<State> state,
      MoneyStep money,
      Runs runs,
      Overheard overheard,
      SampledRecords records,
      InstantSource clock,
      Supplier<String> ids) {
    this.state = state;
    this.money = money;
    this.runs = runs;
    this.overheard = overheard;
    this.records = records;
    this.clock = clock;
    this.ids = ids;
  }

  /// Holds what it can cost at most.
  ///
  /// @param place of the question; the model call stands below it
  /// @param asked parameters of `sampling/createMessage`; its `maxTokens` becomes what budgets
  ///   leave
  /// @throws RefusedException BUDGET
  public Sampled ask(Caller caller, Place place, String server, ObjectNode asked) {
    Instant at = clock.instant();
    String model = asked.path("modelPreferences").path("hints").path(0).path("name").asString("");
    Held held =
        money
            .reserve(
                state.get(),
                place.subject(caller).asking("", model),
                () -> money.worst(size(model, asked)))
            .orElse(null);
    if (held != null && held.newMax().isPresent()) {
      asked.put("maxTokens", held.newMax().getAsLong());
    }
    Overheard.Ear ear = overheard.begin(caller, place.run(), lastWords(asked), at);
    return new Sampled(caller, place, server, asked, model, at, held, ear);
  }

  private static String lastWords(ObjectNode asked) {
    String last = "";
    for (JsonNode message : asked.path("messages")) {
      String said = Blocks.text(message);
      last = said.isBlank() ? last : said;
    }
    return last;
  }

  private static CallSize size(String model, ObjectNode asked) {
    String body = asked.toString();
    int pictures = 0;
    int references = 0;
    for (JsonNode message : asked.path("messages")) {
      for (JsonNode block : Blocks.of(message)) {
        switch (block.path("type").asString("")) {
          case "text" -> {
            // Its length says enough.
          }
          case "image" -> pictures++;
          default -> references++;
        }
      }
    }
    JsonNode max = asked.path("maxTokens");
    return new CallSize(
        "",
        model,
        body.getBytes(StandardCharsets.UTF_8).length,
        () -> body,
        pictures,
        references,
        0,
        1,
        max.canConvertToLong() ? OptionalLong.of(Math.max(0, max.asLong())) : OptionalLong.empty(),
        "",
        Set.of());
  }

  /// A question to a client's model that is under way. It ends once: answered, refused by the
  /// client, or closed, which charges all that was held, since nobody said what it used.
  public final class Sampled implements AutoCloseable {
    private final Caller caller;
    private final Place place;
    private final String server;
    private final ObjectNode asked;
    private final String model;
    private final Instant askedAt;
    private final @Nullable Held held;
    private final Overheard.Ear ear;

    private Sampled(
        Caller caller,
        Place place,
        String server,
        ObjectNode asked,
        String model,
        Instant askedAt,
        @Nullable Held held,
        Overheard.Ear ear) {
      this.caller = caller;
      this.place = place;
      this.server = server;
      this.asked = asked;
      this.model = model;
      this.askedAt = askedAt;
      this.held = held;
      this.ear = ear;
    }

    /// Charges it and records it; one that went through the model gateway is counted already.
    ///
    /// @param result of `sampling/createMessage`
    public void answered(ObjectNode result) {
      if (ear.said(Blocks.text(result))) {
        refused();
      } else {
        charged(result);
      }
    }

    private void charged(ObjectNode result) {
      runs.asks(place.run(), caller.agent().name(), askedAt);
      String answering = result.path("model").asString("");
      Usage said = SampledUsage.said(result).orElse(null);
      Optional<Usage> counted =
          said != null ? Optional.empty() : money.sampled(answering, asked, result);
      Usage usage = said != null ? said : counted.orElse(null);
      Cost cost = money.cost(answering, model, usage, askedAt);
      if (counted.isPresent()) {
        cost = cost.estimated();
      }
      if (held != null) {
        held.settle(new Actual(usage, cost));
      }
      ear.close();
      runs.spent(place.run(), cost);
      records.record(
          new SampledRecord(
              ids.get(),
              askedAt,
              caller,
              place,
              server,
              model,
              answering,
              Optional.ofNullable(usage),
              counted.isPresent(),
              asked,
              result));
    }

    /// Says that the client did not ask its model.
    public void refused() {
      if (held != null) {
        held.release();
      }
      ear.close();
    }

    @Override
    public void close() {
      if (held != null) {
        held.close();
      }
      ear.close();
    }
  }
}
