// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.conversation;

import dev.steward.domain.SpanKind;
import dev.steward.trace.graph.SpanTree;
import dev.steward.trace.span.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The conversation of a run that is too long to be read whole for a page that shows a part of it:
/// what was said is read for the steps that are shown, for the model call before them, whose
/// history they repeat, and for the first and last words.
///
/// Steps are counted by what was done; what somebody else said has no number of its own.
public final class LongConversation implements Told {
  /// Runs with more spans are read in parts.
  static final int SPANS_MIN = 1_500;

  private static final int BEFORE_MAX = 100;

  private final String agent;
  private final ToolEffects effects;
  private final boolean atWork;
  private final SpanTree outline;
  private final Function<Set<String>, List<Span>> read;
  private final Conversation skeleton;
  private final Map<String, Integer> numbers = new HashMap<>();
  private @Nullable Part last;

  /// What was read of it.
  private record Part(Conversation read, int from) {}

  /// @param atWork whether the run goes on
  /// @param outline of all spans, without content
  /// @param read the spans of these ids, with content
  public LongConversation(
      String agent,
      ToolEffects effects,
      boolean atWork,
      SpanTree outline,
      Function<Set<String>, List<Span>> read) {
    this.agent = agent;
    this.atWork = atWork;
    this.effects = effects;
    this.outline = outline;
    this.read = read;
    skeleton = Conversation.of(agent, outline, effects, false, atWork);
    for (int i = 0; i < skeleton.size(); i++) {
      numbers.putIfAbsent(skeleton.spanId(i), i + 1);
    }
  }

  @Override
  public int size() {
    return skeleton.size();
  }

  @Override
  public int leftOut() {
    return skeleton.leftOut();
  }

  @Override
  public int indexOf(String spanId) {
    return numbers.getOrDefault(spanId, 0) - 1;
  }

  @Override
  public List<Step> steps(int from, int limit) {
    int end = Math.min(size(), from + limit);
    if (from >= end) {
      return List.of();
    }
    Set<String> shown = new HashSet<>();
    for (int i = from; i < end; i++) {
      shown.add(skeleton.spanId(i));
    }
    Conversation part = reading(shown);
    last = new Part(part, from);
    return part.stepsAround(shown, from == 0, end == size(), this::number, Blocks.CUT);
  }

  @Override
  public List<Step> whole(String spanId) {
    Set<String> shown = Set.of(spanId);
    return reading(shown).stepsAround(shown, false, false, this::number, Blocks.WHOLE);
  }

  /// Those that need no reading of all that was said, with the first and last words. A plan is
  /// looked for where plans are made, reasoning in the part that was read.
  @Override
  public List<Landmark> landmarks() {
    Part part = read();
    List<Landmark> found = new ArrayList<>();
    for (Landmark landmark : (part.from() == 0 ? part.read() : beginning()).landmarks()) {
      if (landmark.name().equals(Landmarks.GOAL) || landmark.name().equals(Landmarks.PLAN)) {
        found.add(numbered(landmark));
      }
    }
    Landmark answer = null;
    for (Landmark landmark : part.read().landmarks()) {
      if (landmark.name().equals(Landmarks.REASONING)) {
        found.add(numbered(landmark).called(Landmarks.REASONING + ", in this part"));
      } else if (landmark.name().equals(Landmarks.ANSWER)) {
        answer = numbered(landmark);
      }
    }
    found.addAll(skeleton.landmarks());
    if (answer != null) {
      found.removeIf(landmark -> landmark.name().equals(Landmarks.ENDED));
      found.add(answer);
    }
    return found;
  }

  @Override
  public Optional<Step> step(Landmark.Place place) {
    return read().read().step(place.anchor(), place.number());
  }

  /// What was said to it is no step that is counted.
  @Override
  public int besides(Set<Landmark.Place> places) {
    long counted = places.stream().filter(p -> p.anchor().equals("s-" + p.spanId())).count();
    return size() - (int) counted;
  }

  private Part read() {
    Part part = last;
    if (part == null) {
      part = new Part(beginning(), 0);
      last = part;
    }
    return part;
  }

  private Conversation beginning() {
    Set<String> first = new HashSet<>();
    for (int i = 0; i < Math.min(size(), Landmarks.PLAN_WITHIN); i++) {
      first.add(skeleton.spanId(i));
    }
    if (size() > 0) {
      first.add(skeleton.spanId(size() - 1));
    }
    return reading(first);
  }

  private Landmark numbered(Landmark landmark) {
    return new Landmark(
        landmark.name(),
        landmark.tone(),
        landmark.count(),
        landmark.places().stream()
            .map(p -> new Landmark.Place(number(p.spanId()), p.anchor(), p.spanId()))
            .toList());
  }

  /// What a span without a step of its own said comes first.
  private int number(String spanId) {
    return numbers.getOrDefault(spanId, 1);
  }

  private Conversation reading(Set<String> shown) {
    Set<String> wanted = new HashSet<>(shown);
    String firstModel = null;
    String lastModel = null;
    // the model call before and the tools it asked for: the next call repeats what they said
    List<String> before = new ArrayList<>();
    boolean met = false;
    for (SpanTree.Node node : outline.nodes()) {
      String id = node.span().key().spanId();
      met |= shown.contains(id);
      if (node.span().kind() == SpanKind.MODEL) {
        firstModel = firstModel == null ? id : firstModel;
        lastModel = id;
      } else if (node.parent() < 0) {
        wanted.add(id);
      }
      if (!met && node.span().kind() == SpanKind.MODEL) {
        before.clear();
      }
      if (!met && before.size() < BEFORE_MAX) {
        before.add(id);
      }
    }
    if (met) {
      wanted.addAll(before);
    }
    for (String id : new String[] {firstModel, lastModel}) {
      if (id != null) {
        wanted.add(id);
      }
    }
    Map<String, Span> full = new HashMap<>();
    for (Span span : read.apply(wanted)) {
      full.put(span.key().spanId(), span);
    }
    return Conversation.of(agent, told(full), effects, true, atWork);
  }

  /// The spans that were read, and the agents that they lie in: the rest says nothing here.
  private SpanTree told(Map<String, Span> full) {
    List<SpanTree.Node> all = outline.nodes();
    boolean[] kept = new boolean[all.size()];
    for (int i = 0; i < all.size(); i++) {
      if (full.containsKey(all.get(i).span().key().spanId())) {
        for (int at = i; at >= 0 && !kept[at]; at = all.get(at).parent()) {
          kept[at] = true;
        }
      }
    }
    int[] places = new int[all.size()];
    List<SpanTree.Node> nodes = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (kept[i]) {
        SpanTree.Node node = all.get(i);
        places[i] = nodes.size();
        nodes.add(
            new SpanTree.Node(
                full.getOrDefault(node.span().key().spanId(), node.span()),
                node.depth(),
                node.parent() < 0 ? -1 : places[node.parent()],
                node.children(),
                node.place()));
      }
    }
    return new SpanTree(nodes);
  }
}
