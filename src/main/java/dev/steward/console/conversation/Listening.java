// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.conversation;

import dev.steward.console.conversation.Step.Kind;
import dev.steward.console.format.Figures;
import dev.steward.console.format.JsonRows;
import dev.steward.console.turn.ToolCalls;
import dev.steward.console.turn.Turn;
import dev.steward.console.turn.Turn.Part;
import dev.steward.console.turn.TurnReader;
import dev.steward.trace.span.Content;
import dev.steward.trace.span.Message;
import dev.steward.trace.span.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds what is new in the messages that a span was given, and shows it as steps before the span.
final class Listening {
  /// Shorter texts are said twice by chance.
  private static final int REPEATED_MIN = 60;

  private static final int DATA_MAX = 200_000;

  private final TurnReader reader;
  private final ToolCalls calls;
  private final List<Draft> steps;

  /// Longer texts that the page has shown already, whoever said them to whom.
  private final Set<String> shownTexts = new HashSet<>();

  Listening(TurnReader reader, ToolCalls calls, List<Draft> steps) {
    this.reader = reader;
    this.calls = calls;
    this.steps = steps;
  }

  void hear(Span span, Scope scope) {
    Content content = span.content();
    if (content.instructions() != null) {
      instruct(span, scope, TurnReader.instructions(content.instructions()));
    }
    List<Message> input = content.input();
    int from = scope.repeated(input);
    Map<String, Integer> counted = from == 0 ? new HashMap<>() : scope.counted;
    List<Turn> fresh = new ArrayList<>();
    for (Message message : input.subList(from, input.size())) {
      if (!scope.said(message)) {
        Turn turn = reader.turn(message);
        String sameness = turn.sameness();
        if (!scope.knows(sameness, counted.merge(sameness, 1, Integer::sum))) {
          scope.show(sameness);
          fresh.add(turn);
        }
      }
    }
    scope.heard(input, counted);
    int earlier = scope.answered ? 0 : earlierTurns(fresh);
    if (earlier > 0) {
      steps.add(earlier(span, scope, fresh.subList(0, earlier)));
    }
    tell(span, scope, fresh.subList(earlier, fresh.size()));
  }

  private void tell(Span span, Scope scope, List<Turn> fresh) {
    int nth = 1;
    for (Turn turn : fresh) {
      if (turn.instructs()) {
        instruct(span, scope, turn.text());
      } else if (turn.parts().stream().anyMatch(Part.Response.class::isInstance)) {
        nth = responses(span, scope, turn, nth);
      } else if (!turn.answers()) {
        String who = turn.name().isEmpty() ? speaker(turn, scope) : turn.name();
        if (data(turn)) {
          steps.add(given(nth++, span, scope, turn));
          continue;
        }
        if (!shows(turn) && scope.parent != null) {
          steps.add(again(nth++, span, scope, who, turn));
          continue;
        }
        steps.add(
            Draft.message(nth++, span, Kind.SAID, scope, who, blocks -> blocks.said(words(turn))));
      }
    }
  }

  /// Whether it is no words but what a framework prints of its own objects.
  private static boolean data(Turn turn) {
    String text = turn.text().strip();
    return text.startsWith("{") && text.length() < DATA_MAX && !JsonRows.of(text, 1).isEmpty();
  }

  private static Draft given(int nth, Span span, Scope scope, Turn turn) {
    return new Draft(
        "-" + nth,
        span,
        Kind.PART,
        scope.depth,
        scope.agent,
        "is given",
        "",
        List.of(),
        blocks -> List.of(blocks.passed("input", turn.text())));
  }

  /// Notes that a turn's text is shown.
  ///
  /// @return whether it was not before
  boolean shows(Turn turn) {
    String text = turn.text().strip();
    return text.length() < REPEATED_MIN || shownTexts.add(text);
  }

  private static Draft again(int nth, Span span, Scope scope, String who, Turn turn) {
    return new Draft(
        "-" + nth,
        span,
        Kind.INSTRUCTIONS,
        scope.depth,
        who,
        "",
        "",
        List.of(),
        blocks -> List.of(blocks.folded("Said again, as above", words(turn))));
  }

  private int responses(Span span, Scope scope, Turn turn, int nth) {
    int next = nth;
    for (Part part : turn.parts()) {
      if (part instanceof Part.Response response && !calls.shows(response)) {
        steps.add(
            Draft.message(
                next++,
                span,
                Kind.SAID,
                scope,
                turn.name().isEmpty() ? "a tool" : turn.name(),
                blocks -> blocks.passed("result", response.result())));
      }
    }
    return next;
  }

  private void instruct(Span span, Scope scope, String text) {
    if (!text.isBlank() && scope.instructions.add(text)) {
      steps.add(
          scope.start++,
          Draft.message(
              0,
              span,
              Kind.INSTRUCTIONS,
              scope,
              scope.agent,
              blocks -> blocks.folded("Instructions", text)));
    }
  }

  private static Draft earlier(Span span, Scope scope, List<Turn> turns) {
    String text =
        turns.stream()
            .filter(turn -> !turn.instructs())
            .map(turn -> turn.role() + ": " + words(turn))
            .collect(Collectors.joining("\n\n"));
    String label =
        "Earlier in this conversation, " + Figures.of(turns.size(), "message", "messages");
    return new Draft(
        "-earlier",
        span,
        Kind.INSTRUCTIONS,
        scope.depth,
        scope.agent,
        "",
        "",
        List.of(),
        blocks -> List.of(blocks.folded(label, text)));
  }

  /// How many of the first messages belong to turns before this run: those before the last word of
  /// the user, if the agent has answered any of them.
  private static int earlierTurns(List<Turn> turns) {
    int lastWord = -1;
    boolean answeredBefore = false;
    for (int i = 0; i < turns.size(); i++) {
      if (turns.get(i).role().equals("user")) {
        lastWord = i;
      }
    }
    for (int i = 0; i < lastWord; i++) {
      answeredBefore |= turns.get(i).answers();
    }
    return answeredBefore ? lastWord : 0;
  }

  static String words(Turn turn) {
    return turn.parts().stream()
        .map(part ->
            switch (part) {
              case Part.Text text -> text.text();
              case Part.Reasoning _ -> "";
              case Part.Request request -> "asks " + request.tool() + " " + request.arguments();
              case Part.Response response -> response.result();
              case Part.Medium medium -> "[" + medium.what() + "]";
            })
        .filter(text -> !text.isBlank())
        .collect(Collectors.joining("\n\n"));
  }

  private static String speaker(Turn turn, Scope scope) {
    if (!turn.role().equals("user")) {
      return turn.role();
    }
    return scope.parent == null ? "User" : scope.parent.agent;
  }
}
