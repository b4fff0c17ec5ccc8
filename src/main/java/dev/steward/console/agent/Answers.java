// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.agent;

import dev.steward.console.agent.Answer.Said;
import dev.steward.console.format.Figures;
import dev.steward.console.format.Moments;
import dev.steward.console.format.Rate;
import dev.steward.console.format.Took;
import dev.steward.console.part.Mark;
import dev.steward.console.part.Mark.Tone;
import dev.steward.console.profile.AgentFacts;
import dev.steward.console.web.Reader;
import dev.steward.control.baseline.DriftAddress;
import dev.steward.control.baseline.FrozenBaseline;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.Agent.OutcomeRule;
import dev.steward.domain.resource.Channel;
import dev.steward.domain.resource.Resource;
import dev.steward.insight.finding.ShellWord;
import dev.steward.trace.run.ActivitySlice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Answers whether an agent does its work, how one would know if it stopped, and how it is mended.
final class Answers {
  private static final int RHYTHM_RUNS_MIN = 5;

  /// The events that say that an agent does not do its work.
  private static final List<String> TELLING =
      List.of("agent.silent", "agent.failing", "drift.found");

  private final AgentFacts facts;
  private final Reader reader;
  private final Moments moments;

  Answers(AgentFacts facts, Reader reader, Moments moments) {
    this.facts = facts;
    this.reader = reader;
    this.moments = moments;
  }

  List<Answer> all(Versions versions, int activeKeys, String owner, String mail) {
    Remedy remedy = new Remedy(facts, reader, versions.previous().orElse(null));
    return List.of(works(), known(), remedy.answer(activeKeys, owner, mail));
  }

  private Answer works() {
    List<Said> said = new ArrayList<>();
    Mark mark = verdict();
    ActivitySlice now = facts.sums();
    if (now.runs() > 0) {
      said.add(success(now));
      said.add(
          new Said(
              "Errors in ",
              Figures.count(now.errors()) + " of " + Figures.of(now.runs(), "run", "runs"),
              facts.runs().with("errors", now.errors() == 0 ? null : "yes").toString(),
              facts.before() == null || facts.before().runs() == 0
                  ? "."
                  : ", before in %s of %s."
                      .formatted(
                          Figures.count(facts.before().errors()),
                          Figures.count(facts.before().runs()))));
    }
    said.add(heard());
    return new Answer("Is it doing its work?", mark, said, "", "");
  }

  private Mark verdict() {
    ActivitySlice now = facts.sums();
    ActivitySlice before = facts.before();
    if (facts.lately().runs() == 0) {
      return new Mark(Tone.UNKNOWN, "It has never sent anything");
    }
    if (silent()) {
      return new Mark(Tone.WARNING, "Silent for " + Took.about(quiet()));
    }
    if (now.runs() == 0) {
      return new Mark(Tone.UNKNOWN, "No run " + facts.range().words());
    }
    Rate rate = new Rate(now.successes(), now.withOutcome());
    Rate errors = new Rate(now.errors(), now.runs());
    if (before != null && before.withOutcome() > 0 && rate.known()) {
      Rate was = new Rate(before.successes(), before.withOutcome());
      if (rate.high() < was.low()) {
        return new Mark(Tone.CRITICAL, "Success fell from " + ofRuns(was) + " to " + ofRuns(rate));
      }
    }
    if (before != null && before.runs() > 0) {
      Rate was = new Rate(before.errors(), before.runs());
      if (errors.low() > was.high()) {
        return new Mark(Tone.WARNING, "Errors rose from " + ofRuns(was) + " to " + ofRuns(errors));
      }
    }
    if (!rate.known()) {
      return new Mark(Tone.UNKNOWN, "It runs; nobody says how runs end");
    }
    return new Mark(
        Tone.OK, before == null || before.runs() == 0 ? "It works" : "It works as before");
  }

  /// `82.4 % of 1.2 k runs`
  private static String ofRuns(Rate rate) {
    return rate.percent() + " of " + Figures.of(rate.whole(), "run", "runs");
  }

  private Said success(ActivitySlice now) {
    Rate rate = new Rate(now.successes(), now.withOutcome());
    if (!rate.known()) {
      return Said.plain(
          "Success is unknown: none of %s %s had an outcome."
              .formatted(Figures.of(now.runs(), "run", "runs"), facts.range().words()));
    }
    ActivitySlice before = facts.before();
    String was =
        before == null || before.withOutcome() == 0
            ? ""
            : new Rate(before.successes(), before.withOutcome()).percent()
                + " of "
                + Figures.count(before.withOutcome())
                + " before";
    return new Said(
        "%s succeed, interval %s %%, ".formatted(rate.percent(), rate.interval()),
        "n " + Figures.count(rate.whole()),
        facts.runs().toString(),
        was.isEmpty() ? "." : "; " + was + ".");
  }

  private Said heard() {
    if (facts.lately().runs() == 0) {
      return Said.plain("No span came under this name in the last 90 days.");
    }
    String heard =
        quiet().toSeconds() < 1
            ? "Heard of just now"
            : "Last heard of " + Took.about(quiet()) + " ago";
    return new Said(heard, "", "", rhythm());
  }

  private String rhythm() {
    return runsOfTheWeek() < RHYTHM_RUNS_MIN
        ? "; too few runs in 7 days to know its rhythm."
        : longestPause() == 0
            ? "; in the last 7 days it ran every hour."
            : "; its longest pause in the last 7 days was about %s."
                .formatted(Took.about(Duration.ofHours(longestPause() + 1L)));
  }

  private Duration quiet() {
    return Duration.between(facts.lately().lastSeen(), moments.now());
  }

  /// Whether it has been quiet for clearly longer than at any time in the last seven days.
  private boolean silent() {
    return runsOfTheWeek() >= RHYTHM_RUNS_MIN
        && quiet().compareTo(Duration.ofHours(longestPause() + 2L)) > 0;
  }

  private long runsOfTheWeek() {
    return facts.hours().stream().mapToLong(ActivitySlice::runs).sum();
  }

  /// Most hours without a run between two hours with one.
  private int longestPause() {
    int longest = 0;
    int pause = -1;
    for (ActivitySlice hour : facts.hours()) {
      if (hour.runs() > 0) {
        longest = Math.max(longest, pause);
        pause = 0;
      } else if (pause >= 0) {
        pause++;
      }
    }
    return longest;
  }

  private Answer known() {
    List<Said> said = new ArrayList<>();
    said.add(
        new Said(
            "A run that goes silent is marked ",
            "abandoned",
            facts.runs().with("status", "abandoned").toString(),
            " by itself."));
    said.add(outcomes());
    said.add(watched());
    List<String> channels = channels();
    if (facts.agent() != null && !channels.isEmpty()) {
      said.add(Said.plain("Told to " + String.join(", ", channels) + "."));
      return new Answer(
          "How would I know if it stopped?", new Mark(Tone.OK, "People are told"), said, "", "");
    }
    said.add(
        Said.plain(
            "Nobody is told: no channel is declared for "
                + String.join(", ", TELLING)
                + ". Until then ask from outside, such as every five minutes:"));
    return new Answer(
        "How would I know if it stopped?",
        new Mark(Tone.WARNING, "Only by looking here"),
        said,
        "steward runs --agent " + ShellWord.of(facts.name()) + " --limit 1 -o json",
        "Copy the command that shows its newest run");
  }

  private Said watched() {
    if (facts.agent() == null) {
      return Said.plain("Not watched for silence and drift: nobody has registered it.");
    }
    List<FrozenBaseline> baselines = facts.state().baselines().of(facts.name());
    return baselines.isEmpty()
        ? new Said(
            "Watched for silence and failures; for ",
            "drift",
            "/drift",
            " there are not enough runs yet to say what it is usually like.")
        : new Said(
            "Watched for silence and failures, and for ",
            "drift",
            "/" + DriftAddress.of(facts.name(), baselines.getFirst().environment()),
            " of its success, errors, time, cost and steps against %s."
                .formatted(Figures.of(baselines.getFirst().runs(), "run", "runs")));
  }

  /// Names of those that tell people of what is watched.
  private List<String> channels() {
    return facts.state().all(Channel.class).stream()
        .filter(channel -> TELLING.stream().allMatch(channel::tells))
        .map(Resource::name)
        .toList();
  }

  private Said outcomes() {
    Agent agent = facts.agent();
    List<OutcomeRule> rules = agent == null ? List.of() : agent.outcomes();
    ActivitySlice now = facts.sums();
    String told =
        now.runs() == 0
            ? ""
            : " %s of %s %s had an outcome."
                .formatted(
                    Figures.count(now.withOutcome()),
                    Figures.of(now.runs(), "run", "runs"),
                    facts.range().words());
    if (rules.isEmpty()) {
      return Said.plain(
          "No outcome rule is declared: how a run ended is told by its sender." + told);
    }
    OutcomeRule first = rules.getFirst();
    return Said.plain(
        "Outcome rule: %s called without an error means %s%s.%s"
            .formatted(
                first.tool(),
                first.label(),
                rules.size() == 1 ? "" : ", and " + (rules.size() - 1) + " more",
                told));
  }

  /// The page that registers a sender.
  static String register(String name) {
    return dev.steward.console.filter.PageUrl.of("/fleet/register").with("name", name).toString();
  }
}
