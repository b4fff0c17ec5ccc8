// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.conversation;

import dev.steward.console.conversation.Step.Kind;
import dev.steward.console.conversation.Step.Tag;
import dev.steward.console.format.CostText;
import dev.steward.console.format.Took;
import dev.steward.console.turn.Block;
import dev.steward.trace.span.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// A step before its blocks are made: only those that are looked at are worth making.
record Draft(
    String suffix,
    Span span,
    Kind kind,
    int depth,
    String who,
    String role,
    String other,
    List<Tag> tags,
    Function<Blocks, List<Block>> blocks) {

  /// Something said, told by the span but not what the span itself did.
  static Draft message(
      int nth, Span span, Kind kind, Scope scope, String who, Function<Blocks, Block> block) {
    return new Draft(
        "-" + nth,
        span,
        kind,
        scope.depth,
        who,
        "",
        "",
        List.of(),
        blocks -> List.of(block.apply(blocks)));
  }

  Step step(int number, boolean answer, Blocks blocks) {
    boolean own = suffix.isEmpty();
    List<Block> made = this.blocks.apply(blocks);
    return new Step(
        anchor(),
        number,
        span.key().spanId(),
        kind,
        depth,
        who,
        role,
        other,
        answer ? with(tags, new Tag("final answer", "ok", "")) : tags,
        made,
        made.stream().anyMatch(Block.Failed.class::isInstance),
        own && kind == Kind.MODEL ? SpanWords.tokens(span.usage()) : "",
        own ? Took.of(span.duration()) : "",
        own ? CostText.of(span.total()) : CostText.NONE);
  }

  /// The same as another step of its span.
  Draft suffixed(String ending) {
    return new Draft(ending, span, kind, depth, who, role, other, tags, blocks);
  }

  /// Whether the step itself went wrong.
  boolean failed() {
    return span.status() == Span.Status.ERROR && (suffix.isEmpty() || suffix.equals("-end"));
  }

  private static List<Tag> with(List<Tag> tags, Tag more) {
    List<Tag> all = new ArrayList<>(tags);
    all.add(more);
    return all;
  }

  /// Whether it is what its span did: the first thing that stands under the span's own name.
  boolean isCounted() {
    return suffix.isEmpty();
  }

  String anchor() {
    return "s-" + span.key().spanId() + suffix;
  }
}
