// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.policy;

import dev.steward.console.format.Figures;
import dev.steward.console.format.Ids;
import dev.steward.console.part.Link;
import dev.steward.console.part.Mark;
import dev.steward.console.policy.PoliciesPage.ExampleRun;
import dev.steward.console.policy.PoliciesPage.Newly;
import dev.steward.console.policy.PoliciesPage.PreviewBox;
import dev.steward.console.policy.PoliciesPage.Previewed;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.Reader;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Target;
import dev.steward.control.command.Command;
import dev.steward.control.manifest.Manifest;
import dev.steward.control.manifest.ManifestFile;
import dev.steward.control.manifest.Manifests;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.Percent;
import dev.steward.domain.decision.Tier;
import dev.steward.insight.replay.RecordedCall;
import dev.steward.insight.replay.RecordedCalls;
import dev.steward.insight.replay.RecordedCalls.Limits;
import dev.steward.insight.replay.RecordedCalls.Reading;
import dev.steward.policy.duty.Duty;
import dev.steward.policy.preview.Preview;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Tells what proposed policies would have made of recorded calls.
final class PolicyPreviews {
  private static final String DAYS_USUAL = "7";
  private static final int EXAMPLES = 3;
  private static final int CHANGES = 100;
  private static final int ARGUMENTS = 300;

  private final ConsoleViews views;
  private final InstantSource clock;

  /// One at a time: it reads much.
  private final Semaphore turn = new Semaphore(1);

  PolicyPreviews(ConsoleViews views, InstantSource clock) {
    this.views = views;
    this.clock = clock;
  }

  /// The box before anything is asked, null for who may not ask.
  @Nullable PreviewBox empty(Reader reader) {
    return may(reader) ? new PreviewBox("", DAYS_USUAL, "", null) : null;
  }

  /// @return null for who may not ask
  @Nullable PreviewBox of(Reader reader, Map<String, String> form) {
    if (!may(reader)) {
      return null;
    }
    String text = form.getOrDefault("proposed", "");
    String days = form.getOrDefault("days", DAYS_USUAL).strip();
    if (!days.matches("[1-9]|[1-8][0-9]|90")) {
      return new PreviewBox(text, DAYS_USUAL, "days must be 1 to 90.", null);
    }
    Manifest manifest = Manifests.read(List.of(new ManifestFile("", text)));
    if (!manifest.problems().isEmpty()) {
      return new PreviewBox(text, days, manifest.problems().getFirst().toString(), null);
    }
    if (manifest.declarations().isEmpty()) {
      return new PreviewBox(text, days, "there is no resource in it.", null);
    }
    if (!turn.tryAcquire()) {
      return new PreviewBox(text, days, "another preview is being made; try again.", null);
    }
    try {
      State proposed =
          views
              .control()
              .foresee(new Command.ApplyResources(manifest.declarations()), reader.actor());
      return new PreviewBox(text, days, "", answer(reader, proposed, Integer.parseInt(days)));
    } catch (ApiException e) {
      return new PreviewBox(text, days, String.valueOf(e.getMessage()), null);
    } finally {
      turn.release();
    }
  }

  /// It is about all runs, so it is for who may see them all.
  private static boolean may(Reader reader) {
    return reader.seesAll() && reader.rights().may(Permission.DECLARE, Target.SERVER);
  }

  private Previewed answer(Reader reader, State proposed, int days) {
    State now = views.control().state();
    Preview<RecordedCall> preview = new Preview<>(now.policies(), proposed.policies(), EXAMPLES);
    Reading reading =
        new RecordedCalls(views.traces(), now, clock, Limits.USUAL)
            .each(
                clock.instant().minus(Duration.ofDays(days)),
                call ->
                    preview.add(
                        call.call(), call.facts(), call.argumentsKnown(), call.run().id(), call));
    Preview.Result<RecordedCall> result = preview.result();
    List<Newly> changes = new ArrayList<>();
    for (Preview.Change<RecordedCall> change : result.changes()) {
      if (changes.size() < CHANGES) {
        changes.add(newly(change, reader));
      }
    }
    boolean same = result.changes().isEmpty();
    return new Previewed(
        same
            ? new Mark(Mark.Tone.OK, "Nothing changes")
            : new Mark(Mark.Tone.WARNING, "Some calls come out otherwise"),
        words(reading, result),
        notes(reading, result),
        changes);
  }

  private static String words(Reading reading, Preview.Result<RecordedCall> result) {
    return "Of "
        + Figures.of(result.calls(), "call", "calls")
        + " in "
        + Figures.of(reading.runs(), "run", "runs")
        + ", "
        + Figures.exact(result.newly(Tier.DENY))
        + " would newly be denied, "
        + Figures.exact(result.newly(Tier.REQUIRE_APPROVAL))
        + " would newly need approval, "
        + Figures.exact(result.newly(Tier.ALLOW))
        + " would newly be allowed, "
        + Figures.exact(result.otherDuties())
        + " would only have other duties.";
  }

  private static List<String> notes(Reading reading, Preview.Result<RecordedCall> result) {
    List<String> notes = new ArrayList<>();
    if (result.undecided() > 0) {
      notes.add(
          Figures.of(result.undecided(), "call is", "calls are")
              + " left aside: the arguments were not recorded, and a condition asks for them.");
    }
    if (!reading.cut().isEmpty()) {
      notes.add("Older runs were left out: " + reading.cut() + ".");
    }
    if (result.changes().size() > CHANGES) {
      notes.add("Shown are the first " + CHANGES + " kinds of changes.");
    }
    return notes;
  }

  private static Newly newly(Preview.Change<RecordedCall> change, Reader reader) {
    List<ExampleRun> examples = new ArrayList<>();
    for (Preview.Example<RecordedCall> example : change.examples()) {
      RecordedCall call = example.place();
      examples.add(
          new ExampleRun(
              new Link(Ids.middle(call.run().id()), "/runs/" + Percent.encoded(call.run().id())),
              reader.readsContent(call.run()) ? shortened(call.argumentsJson()) : ""));
    }
    return new Newly(
        change.agent(),
        change.environment(),
        change.tool(),
        PolicyWords.says(change.before()),
        PolicyWords.says(change.after()),
        duties(change),
        Figures.exact(change.calls()),
        change.examples().getFirst().reason(),
        examples);
  }

  private static List<String> duties(Preview.Change<RecordedCall> change) {
    List<String> duties = new ArrayList<>();
    for (Duty duty : change.added()) {
      duties.add("newly: " + PolicyWords.duty(duty));
    }
    for (Duty duty : change.removed()) {
      duties.add("no longer: " + PolicyWords.duty(duty));
    }
    return duties;
  }

  private static String shortened(String json) {
    return json.length() <= ARGUMENTS ? json : json.substring(0, ARGUMENTS) + "…";
  }
}
