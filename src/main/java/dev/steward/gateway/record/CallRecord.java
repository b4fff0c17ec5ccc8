// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.record;

import dev.steward.control.state.AgentKey;
import dev.steward.domain.Cost;
import dev.steward.domain.Usage;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.identity.ModelChoice;
import dev.steward.gateway.reading.Answered;
import dev.steward.gateway.turn.Turn;
import dev.steward.gateway.turn.TurnReader;
import dev.steward.gateway.wire.Asked;
import dev.steward.gateway.wire.Operation;
import dev.steward.gateway.wire.Refusal;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What becomes known of one call on its way. One thread fills it, from top to bottom.
public final class CallRecord {
  private final String id;
  private final Operation operation;
  private final Instant startedAt;
  private final List<Attempt> attempts = new ArrayList<>();
  private @Nullable AgentKey key;
  private @Nullable Caller caller;
  private @Nullable Asked asked;
  private @Nullable Place place;
  private @Nullable ModelChoice choice;
  private @Nullable Refusal refusal;
  private @Nullable Instant firstByte;
  private @Nullable Cost cost;
  private @Nullable Root root;
  private @Nullable Usage estimate;
  private Answered answered = Answered.NOTHING;
  private @Nullable String told;
  private @Nullable List<Turn> turns;
  private List<JudgedCall> judged = List.of();
  private List<String> onBehalf = List.of();
  private @Nullable Duration waited;
  private @Nullable BigDecimal minutes;
  private final List<String> flags = new ArrayList<>();
  private final List<String> undeclared = new ArrayList<>();
  private String undeclaredDetail = "";
  private boolean reservationCharged;
  private int status;
  private String note = "";

  /// @param id 16 hex characters: the span's
  public CallRecord(String id, Operation operation, Instant startedAt) {
    this.id = id;
    this.operation = operation;
    this.startedAt = startedAt;
  }

  /// One try at one provider.
  ///
  /// @param outcome status of its answer, or why there was none
  public record Attempt(String provider, String model, String outcome, long millis) {}

  public String id() {
    return id;
  }

  public Operation operation() {
    return operation;
  }

  public Instant startedAt() {
    return startedAt;
  }

  public List<Attempt> attempts() {
    return attempts;
  }

  /// On whose behalf the caller asks, the first one first.
  public void onBehalf(List<String> agents) {
    onBehalf = List.copyOf(agents);
  }

  public List<String> onBehalf() {
    return onBehalf;
  }

  public @Nullable Caller caller() {
    return caller;
  }

  /// Name of the agent whose key the call carries, null without one in force; known also of one
  /// that may not call.
  public @Nullable String agent() {
    return key == null ? null : key.agent();
  }

  /// The environment that the key is for, null without one.
  public @Nullable String environment() {
    return key == null ? null : key.environment();
  }

  public @Nullable Asked asked() {
    return asked;
  }

  public @Nullable Place place() {
    return place;
  }

  public @Nullable ModelChoice choice() {
    return choice;
  }

  public @Nullable Refusal refusal() {
    return refusal;
  }

  public @Nullable Instant firstByte() {
    return firstByte;
  }

  /// What the gateway charged, null when it charged nothing of its own.
  public @Nullable Cost cost() {
    return cost;
  }

  /// The run's own span where the gateway writes it and it has changed, else null.
  public @Nullable Root root() {
    return root;
  }

  public Answered answered() {
    return answered;
  }

  /// The messages that the agent got: those of the model, but for tool calls that were held back.
  public String told() {
    return told == null ? answered.messages() : told;
  }

  /// The same as turns, read once however many ask.
  public List<Turn> turns() {
    List<Turn> read = turns;
    if (read == null) {
      read = told().isEmpty() ? List.of() : List.copyOf(TurnReader.read(told()));
      turns = read;
    }
    return read;
  }

  /// What was decided on tool calls that the model proposed. The longest that a proposed call
  /// waited for people, null where none did.
  public @Nullable Duration waited() {
    return waited;
  }

  /// What people needed for proposed calls, null where it is not known.
  public @Nullable BigDecimal minutes() {
    return minutes;
  }

  public List<JudgedCall> judged() {
    return judged;
  }

  /// What it used, as the provider says or else as it was counted here; null where neither is
  /// known.
  public @Nullable Usage usage() {
    return answered.usage() == null ? estimate : answered.usage();
  }

  /// Whether the usage was counted here, since the provider does not say it.
  public boolean isEstimated() {
    return answered.usage() == null && estimate != null;
  }

  public void estimated(@Nullable Usage counted) {
    estimate = counted;
  }

  /// Whether a budget was charged what was reserved, since nobody knows what the call cost.
  public boolean isReservationCharged() {
    return reservationCharged;
  }

  public void chargedReservation() {
    reservationCharged = true;
  }

  /// Status that the client got, 0 when it got none.
  public int status() {
    return status;
  }

  /// How the passing ended where it did not come to its end, "" else.
  public String note() {
    return note;
  }

  public void root(@Nullable Root changed) {
    root = changed;
  }

  public void key(AgentKey known) {
    key = known;
  }

  public void caller(Caller known) {
    key = known.key();
    caller = known;
  }

  public void asked(Asked known) {
    asked = known;
  }

  public void place(Place known) {
    place = known;
  }

  public void choice(ModelChoice taken) {
    choice = taken;
  }

  public void tried(Attempt attempt) {
    attempts.add(attempt);
  }

  public void refused(Refusal reason) {
    refusal = reason;
  }

  public void answered(Answered read) {
    answered = read;
    turns = null;
  }

  public void told(String messages) {
    told = messages;
    turns = null;
  }

  public void people(Duration longest, @Nullable BigDecimal needed) {
    waited = longest;
    minutes = needed;
  }

  public void judged(List<JudgedCall> calls) {
    judged = List.copyOf(calls);
  }

  public void firstByte(@Nullable Instant at) {
    firstByte = at;
  }

  public void charged(Cost charged) {
    cost = charged;
  }

  public void status(int sent) {
    status = sent;
  }

  /// What was noticed of its run, for people: it goes on.
  public List<String> flags() {
    return flags;
  }

  public void flag(String reason) {
    flags.add(reason);
  }

  /// What its version does not declare, in words without anything that was said.
  public List<String> undeclared() {
    return undeclared;
  }

  /// The words that differ, "" for none.
  public String undeclaredDetail() {
    return undeclaredDetail;
  }

  /// @param detail "" where the words say it all
  public void undeclared(String words, String detail) {
    undeclared.add(words);
    if (!detail.isEmpty()) {
      undeclaredDetail = undeclaredDetail.isEmpty() ? detail : undeclaredDetail + "; " + detail;
    }
  }

  public void note(String text) {
    note = text;
  }
}
