// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.conversation;

import dev.steward.console.conversation.Landmark.Place;
import dev.steward.console.conversation.Step.Kind;
import dev.steward.console.turn.Turn.Part;
import dev.steward.console.turn.TurnReader;
import dev.steward.trace.span.Message;
import dev.steward.trace.span.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Finds the steps that readers look for.
final class Landmarks {
  static final String GOAL = "Goal";
  static final String PLAN = "Plan";
  static final String REASONING = "Reasoning, as stated";
  static final String ANSWER = "Answer";
  static final String LATEST = "Latest step";
  static final String ENDED = "Ended at";

  private static final int PLACES_MAX = 6;

  /// A plan is looked for where plans are made: early.
  static final int PLAN_WITHIN = 60;

  private static final Pattern STATED_PLAN =
      Pattern.compile("(?im)^[\\s#*>-]*(\\w+ ){0,3}plan\\b[^\\n]{0,60}:");
  private static final Pattern PLANNING_TOOL =
      Pattern.compile("(?i)(^|[/_.-])(update_?|write_?|create_?)?(plan|todos?)([_.-]?write)?$");

  private final List<Draft> drafts;
  private final TurnReader reader;
  private final int answer;
  private final boolean readsContent;
  private final boolean atWork;

  Landmarks(
      List<Draft> drafts, TurnReader reader, int answer, boolean readsContent, boolean atWork) {
    this.readsContent = readsContent;
    this.atWork = atWork;
    this.drafts = drafts;
    this.reader = reader;
    this.answer = answer;
  }

  List<Landmark> find() {
    List<Landmark> found = new ArrayList<>();
    add(found, GOAL, "", 1, draft -> draft.kind() == Kind.SAID && draft.depth() == 0);
    if (found.isEmpty()) {
      // some frameworks put a workflow around the agent that was asked
      add(found, GOAL, "", 1, draft -> draft.kind() == Kind.SAID);
    }
    int plan = readsContent ? plan() : -1;
    if (plan >= 0) {
      found.add(new Landmark(PLAN, "", 1, List.of(place(plan))));
    }
    add(found, REASONING, "", PLACES_MAX, this::reasons);
    add(found, "Hand-overs", "", PLACES_MAX, draft -> draft.kind() == Kind.HANDOVER);
    add(found, "Documents", "", PLACES_MAX, draft -> draft.kind() == Kind.RETRIEVAL);
    add(found, "Tool calls", "", PLACES_MAX, draft -> draft.kind() == Kind.TOOL);
    add(found, "Checks", "", PLACES_MAX, draft -> draft.kind() == Kind.CHECK);
    add(found, "Retries", "", PLACES_MAX, Landmarks::retries);
    add(
        found,
        "Waited for a person",
        "waiting",
        PLACES_MAX,
        d -> own(d) && SpanWords.waited(d.span()));
    add(found, "Cut off", "warning", PLACES_MAX, d -> own(d) && SpanWords.cutOff(d.span()));
    add(found, "Errors", "critical", PLACES_MAX, Draft::failed);
    if (answer >= 0) {
      found.add(new Landmark(ANSWER, "", 1, List.of(place(answer))));
    } else if (drafts.size() > 1) {
      found.add(new Landmark(atWork ? LATEST : ENDED, "", 1, List.of(place(drafts.size() - 1))));
    }
    return found;
  }

  private void add(
      List<Landmark> to, String name, String tone, int placesMax, Predicate<Draft> wanted) {
    List<Place> places = new ArrayList<>();
    int count = 0;
    for (int i = 0; i < drafts.size(); i++) {
      if (wanted.test(drafts.get(i))) {
        count++;
        if (places.size() < placesMax) {
          places.add(place(i));
        }
      }
    }
    if (count > 0) {
      to.add(new Landmark(name, tone, placesMax == 1 ? 1 : count, places));
    }
  }

  private Place place(int index) {
    Draft draft = drafts.get(index);
    return new Place(index + 1, draft.anchor(), draft.span().key().spanId());
  }

  private static boolean own(Draft draft) {
    return draft.suffix().isEmpty();
  }

  private static boolean retries(Draft draft) {
    return draft.tags().stream().anyMatch(tag -> tag.word().startsWith("try "));
  }

  private boolean reasons(Draft draft) {
    if (!readsContent || draft.kind() != Kind.MODEL) {
      return false;
    }
    for (Message message : draft.span().content().output()) {
      String json = message.json();
      if ((json.contains("\"reasoning\"") || json.contains("think"))
          && reader.turn(message).parts().stream().anyMatch(Part.Reasoning.class::isInstance)) {
        return true;
      }
    }
    return false;
  }

  /// The first step that states a plan, -1 when none does.
  private int plan() {
    for (int i = 0; i < Math.min(drafts.size(), PLAN_WITHIN); i++) {
      Draft draft = drafts.get(i);
      boolean planned =
          switch (draft.kind()) {
            case TOOL -> PLANNING_TOOL.matcher(draft.who()).find();
            case MODEL -> states(draft.span());
            case INSTRUCTIONS, SAID, HANDOVER, RETRIEVAL, CHECK, PART -> false;
          };
      if (planned) {
        return i;
      }
    }
    return -1;
  }

  private boolean states(Span span) {
    for (Message message : span.content().output()) {
      if (STATED_PLAN.matcher(reader.turn(message).text()).find()) {
        return true;
      }
    }
    return false;
  }
}
