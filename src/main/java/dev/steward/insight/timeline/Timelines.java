// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.timeline;

import dev.steward.control.access.Actor;
import dev.steward.control.chronicle.Chronicle;
import dev.steward.control.live.BudgetUse;
import dev.steward.control.live.UndeclaredChanges;
import dev.steward.control.shelf.Revision;
import dev.steward.control.state.State;
import dev.steward.domain.Digest;
import dev.steward.domain.resource.Budget;
import dev.steward.insight.data.DocumentChange;
import dev.steward.insight.data.KnownDocuments;
import dev.steward.insight.model.AnsweringModels;
import dev.steward.insight.model.ModelChange;
import dev.steward.insight.timeline.Moment.Kind;
import dev.steward.insight.timeline.Moment.Tone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Puts together what happened to an agent, from the ledger and from what was seen.
public final class Timelines implements AgentPast {
  /// The newest are kept where there are more.
  public static final int MOMENTS_MAX = 500;

  /// About a second of reading.
  private static final long ENTRIES_MAX = 200_000;

  private final Chronicle chronicle;
  private final Supplier<State> state;
  private final AnsweringModels models;
  private final UndeclaredChanges undeclared;
  private final KnownDocuments documents;
  private final BudgetUse budgets;

  public Timelines(
      Chronicle chronicle,
      Supplier<State> state,
      AnsweringModels models,
      UndeclaredChanges undeclared,
      KnownDocuments documents,
      BudgetUse budgets) {
    this.chronicle = chronicle;
    this.state = state;
    this.models = models;
    this.undeclared = undeclared;
    this.documents = documents;
    this.budgets = budgets;
  }

  @Override
  public Timeline of(String agent, Instant from, Instant to) {
    State now = state.get();
    List<Moment> moments = new ArrayList<>();
    versions(now, agent, moments);
    models(agent, moments);
    undeclared(agent, moments);
    documents(agent, moments);
    budgets(now, agent, moments);
    moments.removeIf(moment -> moment.at().isBefore(from) || !moment.at().isBefore(to));
    Chronicle.Found found = chronicle.between(from, to, LedgerMoments.TYPES, ENTRIES_MAX);
    moments.addAll(new LedgerMoments(now, agent).of(found.lines()));
    moments.sort(Comparator.comparing(Moment::at).thenComparing(Moment::sequence));
    int over = Math.max(0, moments.size() - MOMENTS_MAX);
    return new Timeline(
        agent, from, to, moments.subList(over, moments.size()), found.whole() && over == 0);
  }

  private static void versions(State now, String agent, List<Moment> moments) {
    Digest before = null;
    for (Revision revision : now.history("Agent", agent)) {
      moments.add(version(agent, revision, before));
      before = revision.version() == null ? before : revision.version();
    }
  }

  private static Moment version(String agent, Revision revision, @Nullable Digest before) {
    Digest version = revision.version();
    String title =
        revision.deleted()
            ? "deleted"
            : version == null || version.equals(before)
                ? "declared anew, with the version that it had"
                : "version " + LedgerMoments.shown(version) + " declared";
    String page =
        version == null || before == null || version.equals(before)
            ? "agents/" + agent
            : "agents/" + agent + "/versions/" + start(before) + ".." + start(version);
    return new Moment(
        revision.at(),
        Kind.VERSION,
        revision.deleted() ? Tone.WARNING : Tone.PLAIN,
        revision.by(),
        "",
        title,
        "",
        page,
        // A revision counts the entries up to its own.
        revision.sequence() - 1);
  }

  private static String start(Digest version) {
    return LedgerMoments.shown(version);
  }

  private void models(String agent, List<Moment> moments) {
    for (ModelChange change : models.changes()) {
      if (change.asked().agent().equals(agent)) {
        moments.add(
            seen(
                change.at(),
                Kind.MODEL,
                change.environment(),
                "another model answers: " + change.after().words(),
                change.words(),
                "runs/" + change.run()));
      }
    }
  }

  private void undeclared(String agent, List<Moment> moments) {
    for (UndeclaredChanges.Change change : undeclared.all()) {
      if (change.agent().equals(agent)) {
        moments.add(
            seen(
                change.since(),
                Kind.UNDECLARED,
                change.environment(),
                "its process began to send " + change.what(),
                "Version " + change.version() + " does not declare it.",
                "runs/" + change.run()));
      }
    }
  }

  private void documents(String agent, List<Moment> moments) {
    for (DocumentChange change : documents.changes()) {
      if (change.agent().equals(agent)) {
        moments.add(
            seen(
                change.at(),
                Kind.UNDECLARED,
                change.environment(),
                "it " + change.words(),
                change.detail(),
                "runs/" + change.run()));
      }
    }
  }

  private static Moment seen(
      Instant at, Kind kind, String environment, String title, String detail, String page) {
    return new Moment(at, kind, Tone.WARNING, Actor.SYSTEM, environment, title, detail, page, -1);
  }

  /// What was told of the windows that are open.
  private void budgets(State now, String agent, List<Moment> moments) {
    for (BudgetUse.Use use : budgets.now()) {
      String name = use.key().budget();
      boolean concerns =
          now.find(Budget.class, name).map(budget -> concerns(now, agent, budget)).orElse(false);
      if (!concerns) {
        continue;
      }
      String detail =
          "%s of %s %s used."
              .formatted(
                  use.used().stripTrailingZeros().toPlainString(),
                  use.limit().stripTrailingZeros().toPlainString(),
                  use.key().unit());
      Instant warned = use.warnedAt();
      if (warned != null) {
        moments.add(
            seen(warned, Kind.BUDGET, "", "the budget " + name + " runs low", detail, "budgets"));
      }
      Instant stopped = use.stoppedAt();
      if (stopped != null) {
        moments.add(
            new Moment(
                stopped,
                Kind.BUDGET,
                Tone.BAD,
                Actor.SYSTEM,
                "",
                "the budget " + name + " stopped a call",
                detail,
                "budgets",
                -1));
      }
    }
  }

  /// Whether it pays for calls of the agent, wherever they are made.
  static boolean concerns(State now, String agent, Budget budget) {
    Map<String, String> labels =
        now.agent(agent).map(each -> each.metadata().labels()).orElse(Map.of());
    String named = budget.scope().agent();
    return (named.isEmpty() || named.equals(agent))
        && labels.entrySet().containsAll(budget.scope().labels().entrySet());
  }
}
