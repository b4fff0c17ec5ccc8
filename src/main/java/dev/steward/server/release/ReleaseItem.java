// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.release;

import dev.steward.control.release.Agreement;
import dev.steward.control.release.JudgedGate;
import dev.steward.control.release.Move;
import dev.steward.control.release.Pair;
import dev.steward.control.release.Proposing;
import dev.steward.control.release.ReleaseRecord;
import dev.steward.control.release.Rollout;
import dev.steward.control.release.Shadowing;
import dev.steward.control.state.State;
import dev.steward.domain.release.CanaryTerms;
import dev.steward.domain.resource.Person;
import dev.steward.server.shape.ActorItem;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A release as the API tells it.
///
/// @param version digest
/// @param from environment in which the version is in force
/// @param to environment that it is to come into
/// @param stage of `to`: staging, canary or production
/// @param state waiting-for-gates, waiting-for-approvals, rolling-out, promoted, held, rolled-back
///   or refused
/// @param missing what it waits for: names of gates, `second-person`, `owner`, `promotion`,
///   `bound-key`
/// @param reason why it was started, null once erased
/// @param terms of a canary, such as `weight` and `limit`; none for a direct release
/// @param pins digest of each policy, budget, data source and gate beside it, by `Kind/name`
/// @param moves how it came where it is, the oldest first
/// @param canary how it is or was tried on a share of the conversations, null until it is
/// @param copilot what people answered to what its version proposed, null until it proposes
/// @param blueGreen how one switches between its version and another one, null until it stands by
/// @param shadow what came of copies of live calls, null until its version gets them
public record ReleaseItem(
    String id,
    String agent,
    String version,
    String from,
    String to,
    String stage,
    String strategy,
    String state,
    List<String> missing,
    Instant startedAt,
    ActorItem startedBy,
    @Nullable String reason,
    List<GateItem> gates,
    List<AgreementItem> agreements,
    List<MoveItem> moves,
    Map<String, String> pins,
    Map<String, String> terms,
    @Nullable CanaryItem canary,
    @Nullable CopilotItem copilot,
    @Nullable BlueGreenItem blueGreen,
    @Nullable ShadowItem shadow) {

  /// What a gate said last.
  ///
  /// @param verdict pass, fail or not-enough-data
  /// @param why in a sentence
  /// @param evidence what it rests on: ids, moments, digests
  public record GateItem(
      String name,
      String requires,
      String verdict,
      String why,
      Map<String, String> evidence,
      Instant since) {
    private static GateItem of(JudgedGate gate) {
      return new GateItem(
          gate.result().gate(),
          gate.result().requires(),
          gate.result().verdict().word(),
          gate.result().why(),
          gate.result().evidence(),
          gate.at());
    }
  }

  /// Somebody who agreed.
  ///
  /// @param person name, the id once deleted
  /// @param counts whether it still counts: it is for what was pinned then
  public record AgreementItem(String person, Instant at, @Nullable String reason, boolean counts) {}

  /// One state that it came into.
  public record MoveItem(
      String state, List<String> missing, Instant at, ActorItem by, @Nullable String reason) {}

  /// How a release is or was tried.
  ///
  /// @param control version that all others get
  /// @param weight share of the conversations that begin now, such as `10%`
  /// @param weights each from its moment on
  /// @param judgements each time that something else was said, the oldest first
  public record CanaryItem(
      String control,
      Instant since,
      String weight,
      List<WeightItem> weights,
      List<JudgementItem> judgements) {
    private static CanaryItem of(Rollout rollout) {
      return new CanaryItem(
          rollout.control().hex(),
          rollout.startedAt(),
          CanaryTerms.percent(rollout.weight()),
          rollout.weights().stream()
              .map(step -> new WeightItem(step.since(), CanaryTerms.percent(step.weight())))
              .toList(),
          rollout.judgements().stream()
              .map(said ->
                  new JudgementItem(
                      said.at(),
                      said.verdict(),
                      said.rule(),
                      said.why(),
                      said.units(),
                      said.record().hex()))
              .toList());
    }
  }

  /// What people answered to a version that proposed.
  ///
  /// @param active whether it proposes now and does not act by itself
  /// @param unchanged calls that they agreed to as they were proposed
  /// @param edited calls that they agreed to with other arguments
  /// @param unanswered calls that nobody answered in time; they count for nothing
  /// @param agreement share of the answers that left a call as it was, null without answers
  /// @param low where its 95 % interval begins
  /// @param high where it ends
  public record CopilotItem(
      Instant since,
      boolean active,
      int answered,
      int unchanged,
      int edited,
      int denied,
      int unanswered,
      @Nullable Double agreement,
      double low,
      double high) {
    private static CopilotItem of(Proposing counted, boolean active) {
      int answered = counted.answered();
      return new CopilotItem(
          counted.since(),
          active,
          answered,
          counted.unchanged(),
          counted.edited(),
          counted.denied(),
          counted.unanswered(),
          answered == 0 ? null : (double) counted.unchanged() / answered,
          counted.agreement().low(),
          counted.agreement().high());
    }
  }

  /// What came of copies of live calls that its version was given.
  ///
  /// @param active whether it gets copies now
  /// @param agreement share of the compared copies with the same outcome and the same calls with
  ///   effects, null while none was compared
  /// @param low where its 95 % interval begins
  /// @param high where it ends
  /// @param sums counts (compared, agreed, sameOutcome, sameEffects, sameTools, sameAnswer,
  ///   dropped, failed; calls with effects: fromLive, simulated, refused), milliseconds
  ///   (liveMillis, shadowMillis) and costs (liveCost.USD, shadowCost.USD) of the compared ones
  public record ShadowItem(
      Instant since,
      boolean active,
      @Nullable Double agreement,
      double low,
      double high,
      Map<String, BigDecimal> sums) {
    private static ShadowItem of(Shadowing told, boolean active) {
      long compared = told.count(Shadowing.COMPARED);
      return new ShadowItem(
          told.since(),
          active,
          compared == 0 ? null : (double) told.count(Shadowing.AGREED) / compared,
          told.agreement().low(),
          told.agreement().high(),
          told.sums());
    }
  }

  /// Two versions that stand side by side.
  ///
  /// @param control version that was in force before
  /// @param switched whether the version of the release is in force
  /// @param switches the oldest first
  public record BlueGreenItem(
      String control, Instant since, boolean switched, List<SwitchItem> switches) {
    private static BlueGreenItem of(Pair pair) {
      return new BlueGreenItem(
          pair.control().hex(),
          pair.startedAt(),
          pair.switched(),
          pair.switches().stream()
              .map(each -> new SwitchItem(each.at(), !each.candidate(), each.cut()))
              .toList());
    }
  }

  /// One of the two versions came into force.
  ///
  /// @param back whether it was the one that was in force before
  /// @param cut whether what was under way was cut
  public record SwitchItem(Instant at, boolean back, boolean cut) {}

  /// A share of the conversations that begin, from a moment on.
  public record WeightItem(Instant since, String weight) {}

  /// What was said of a canary from a moment on.
  ///
  /// @param verdict promote, roll-back, hold or inconclusive
  /// @param record digest of the whole decision in the ledger
  public record JudgementItem(
      Instant at, String verdict, String rule, String why, int units, String record) {}

  static ReleaseItem of(ReleaseRecord record, State state) {
    Map<String, String> pins = new TreeMap<>();
    state.pins(record.pins()).bodies().forEach((name, body) -> pins.put(name, body.hex()));
    return new ReleaseItem(
        record.release().id(),
        record.release().agent(),
        record.release().version().hex(),
        record.release().from(),
        record.release().to(),
        record.release().stage().word(),
        record.release().strategy().word(),
        record.state().word(),
        record.state().missing(),
        record.start().at(),
        ActorItem.of(record.start().by()),
        state.text(record.start().reason()).orElse(null),
        record.gates().stream().map(GateItem::of).toList(),
        record.agreements().stream().map(each -> item(each, record, state)).toList(),
        record.moves().stream().map(each -> item(each, state)).toList(),
        pins,
        record.release().terms(),
        record.tried().map(CanaryItem::of).orElse(null),
        record.proposed().map(each -> CopilotItem.of(each, record.copilot())).orElse(null),
        record.paired().map(BlueGreenItem::of).orElse(null),
        record.shadowed().map(each -> ShadowItem.of(each, record.shadows())).orElse(null));
  }

  private static AgreementItem item(Agreement agreement, ReleaseRecord record, State state) {
    return new AgreementItem(
        state.person(agreement.person()).map(Person::name).orElse(agreement.person()),
        agreement.at(),
        state.text(agreement.reason()).orElse(null),
        agreement.pins().equals(record.pins()));
  }

  private static MoveItem item(Move move, State state) {
    return new MoveItem(
        move.state(),
        move.missing(),
        move.at(),
        ActorItem.of(move.by()),
        state.text(move.reason()).orElse(null));
  }
}
