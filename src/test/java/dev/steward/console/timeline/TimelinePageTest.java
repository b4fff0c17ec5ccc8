// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.steward.console.chart.Times;
import dev.steward.console.stage.Stage;
import dev.steward.console.web.Reader;
import dev.steward.control.TwoPeople;
import dev.steward.control.Yaml;
import dev.steward.control.access.Actor;
import dev.steward.control.access.Permission;
import dev.steward.control.command.Command;
import dev.steward.control.live.UndeclaredChanges;
import dev.steward.domain.Part;
import dev.steward.domain.Selector;
import dev.steward.domain.SpanKind;
import dev.steward.insight.timeline.Moment;
import dev.steward.trace.SpanDraft;
import dev.steward.trace.span.Span;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TimelinePageTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Reader ADMIN = new Reader(Actor.SYSTEM, "Admin", (_, _) -> true);

  private final Stage stage = Stage.empty(InstantSource.fixed(NOW));
  private TwoPeople people = TwoPeople.of(stage.control);

  @BeforeEach
  void begin() {
    people = TwoPeople.begin(stage.control);
    stage.control.apply(Yaml.agent("other", "version: {code: {build: 1}}"));
    release("other", "staging");
    stage.control.apply(Yaml.agent("lookup", "version: {code: {build: 2}}"));
  }

  @Test
  void allThatHappenedStandsOnOneAxisAndInWordsTheNewestFirst() {
    release("lookup", "staging");
    stage.control.submit(
        new Command.RollBack("b1", "lookup", "staging", "", false, "person", "it answers worse"));
    stage.control.submit(
        new Command.Kill("k1", Selector.EVERYTHING.with(Part.AGENT, "lookup"), "it went wild"));
    stage.control.submit(
        new Command.Kill("k2", Selector.EVERYTHING.with(Part.AGENT, "other"), "another matter"));
    stage.control.submit(new Command.Restore("k1", "it is repaired"));
    people.propose("20");
    seen();

    String page = stage.html("/agents/lookup/timeline", ADMIN);

    assertThat(page)
        .contains("to staging started", "promoted in staging", "rolled back in staging from")
        .contains("it answers worse", "killed: agent lookup", "it went wild", "it is repaired")
        .contains("a change that widens was proposed", "10 USD a day becomes 20 USD")
        .contains("another model answers: gpt-5-b", "its process began to send another prompt")
        .contains("What happened to lookup, on one axis: versions, releases, models, undeclared,")
        .doesNotContain("another matter");
    assertThat(page.indexOf("it is repaired")).isLessThan(page.indexOf("it went wild"));
    assertThat(stage.html("/agents/lookup", ADMIN)).contains("/agents/lookup/timeline");
  }

  @Test
  void whoSeesOneEnvironmentSeesWhatHappenedThere() {
    people.propose("20");
    Reader staging =
        new Reader(
            Actor.person("p-will"),
            "Will",
            (permission, target) ->
                permission == Permission.READ
                    && target.agent().equals("lookup")
                    && target.environment().equals("staging"));

    String page = stage.html("/agents/lookup/timeline", staging);

    assertThat(page)
        .contains("promoted in staging")
        .doesNotContain("promoted in canary", "a change that widens");
  }

  @Test
  void nothingInATimeIsSaid() {
    assertThat(
            stage
                .get(
                    "/agents/lookup/timeline",
                    Map.of("range", "2026-11-01T00:00..2026-11-02T00:00"),
                    ADMIN)
                .toString())
        .contains("Nothing happened to it");
  }

  @Test
  void whatIsCloseTogetherIsOneMarkWithTheWorstTone() {
    List<Moment> newestFirst = new ArrayList<>();
    for (Moment.Tone tone : List.of(Moment.Tone.PLAIN, Moment.Tone.BAD, Moment.Tone.GOOD)) {
      newestFirst.add(moment(NOW.minusSeconds(newestFirst.size()), tone));
    }
    newestFirst.add(moment(NOW.minusSeconds(40_000), Moment.Tone.PLAIN));

    List<Lane> lanes =
        new Lanes(newestFirst, new Times(NOW.minusSeconds(86_400), NOW, ZoneOffset.UTC)).all();

    assertThat(lanes).hasSize(1);
    assertThat(lanes.getFirst().dots())
        .extracting(Lane.Dot::tone, Lane.Dot::count, Lane.Dot::href)
        .containsExactly(tuple("plain", "", "#m-3"), tuple("critical", "3", "#m-0"));
  }

  private static Moment moment(Instant at, Moment.Tone tone) {
    return new Moment(
        at, Moment.Kind.RELEASE, tone, Actor.SYSTEM, "", "released", "", "releases", -1);
  }

  private void release(String agent, String to) {
    stage.control.submit(
        new Command.StartRelease(agent + to + stage.control.now(), agent, to, "", "it is time"));
  }

  private void seen() {
    stage.models.see(List.of(call(1, "gpt-5-a"), call(2, "gpt-5-b"), call(3, "gpt-5-a")));
    stage.undeclared =
        List.of(
            new UndeclaredChanges.Change(
                "lookup",
                "staging",
                "abcdefabcdef",
                "prompts",
                "another prompt",
                NOW.minusSeconds(60),
                NOW,
                3,
                "r-1"));
  }

  private static Span call(int id, String answered) {
    return SpanDraft.span(SpanKind.MODEL, id, id)
        .by("lookup")
        .model("gpt-5")
        .answeredBy(answered)
        .at(NOW.minusSeconds(100 - id))
        .build();
  }
}
