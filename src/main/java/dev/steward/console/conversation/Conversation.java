// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.conversation;

import dev.steward.console.conversation.Step.Kind;
import dev.steward.console.conversation.Step.Tag;
import dev.steward.console.turn.Block;
import dev.steward.console.turn.ToolCalls;
import dev.steward.console.turn.Turn;
import dev.steward.console.turn.Turn.Part;
import dev.steward.console.turn.TurnReader;
import dev.steward.trace.gateway.Enforced;
import dev.steward.trace.graph.SpanTree;
import dev.steward.trace.span.Content;
import dev.steward.trace.span.Message;
import dev.steward.trace.span.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/// A run as a conversation: each thing said or done once, in order, with what came back.
public final class Conversation implements Told {
  private final List<Draft> drafts = new ArrayList<>();
  private final TurnReader reader = new TurnReader();
  private final ToolCalls calls;
  private final Listening listening;
  private final Proposers proposers = new Proposers();
  private final ToolEffects effects;
  private final boolean readsContent;
  private final boolean atWork;
  private Scope scope;
  private int left;
  private int answer = -1;

  private Conversation(
      String agent, SpanTree tree, ToolEffects effects, boolean readsContent, boolean atWork) {
    this.effects = effects;
    this.readsContent = readsContent;
    this.atWork = atWork;
    calls = new ToolCalls(tree);
    listening = new Listening(reader, calls, drafts);
    scope = new Scope(agent, 0, -1, null, null);
  }

  /// @param agent whose run it is
  /// @param readsContent whether what was said may be shown
  public static Conversation of(String agent, SpanTree tree, boolean readsContent) {
    return of(agent, tree, ToolEffects.NONE, readsContent, false);
  }

  /// @param agent whose run it is
  /// @param effects what its tools do to the world
  /// @param readsContent whether what was said may be shown
  /// @param atWork whether the run goes on: its last word is not its answer yet
  public static Conversation of(
      String agent, SpanTree tree, ToolEffects effects, boolean readsContent, boolean atWork) {
    Conversation conversation = new Conversation(agent, tree, effects, readsContent, atWork);
    tree.nodes().forEach(conversation::add);
    conversation.leave(0);
    conversation.answer = readsContent && !atWork ? conversation.findAnswer() : -1;
    return conversation;
  }

  @Override
  public List<Landmark> landmarks() {
    return new Landmarks(drafts, reader, answer, readsContent, atWork).find();
  }

  /// The last word of the run's own agent, -1 when it asked for a tool instead or said nothing.
  private int findAnswer() {
    for (int i = drafts.size() - 1; i >= 0; i--) {
      Draft draft = drafts.get(i);
      boolean speaks = draft.kind() == Kind.MODEL || draft.role().equals("answers");
      if (speaks && draft.depth() == 0) {
        return answers(draft) ? i : -1;
      }
    }
    // an agent inside of a workflow that says nothing itself
    int last = drafts.size() - 1;
    return last >= 0 && drafts.get(last).kind() == Kind.MODEL && answers(drafts.get(last))
        ? last
        : -1;
  }

  private static boolean answers(Draft draft) {
    List<Block> blocks = draft.blocks().apply(Blocks.CUT);
    return !draft.failed()
        && blocks.stream().anyMatch(Block.Said.class::isInstance)
        && blocks.stream().noneMatch(Block.Asked.class::isInstance);
  }

  @Override
  public int size() {
    return drafts.size();
  }

  @Override
  public int leftOut() {
    return left;
  }

  @Override
  public List<Step> steps(int from, int limit) {
    int end = Math.min(drafts.size(), from + limit);
    return IntStream.range(Math.min(from, end), end)
        .mapToObj(i -> drafts.get(i).step(i + 1, i == answer, Blocks.CUT))
        .toList();
  }

  @Override
  public List<Step> whole(String spanId) {
    return IntStream.range(0, drafts.size())
        .filter(i -> drafts.get(i).span().key().spanId().equals(spanId))
        .mapToObj(i -> drafts.get(i).step(i + 1, i == answer, Blocks.WHOLE))
        .toList();
  }

  @Override
  public int indexOf(String spanId) {
    return IntStream.range(0, drafts.size())
        .filter(i -> drafts.get(i).span().key().spanId().equals(spanId))
        .findFirst()
        .orElse(-1);
  }

  String spanId(int index) {
    return drafts.get(index).span().key().spanId();
  }

  @Override
  public Optional<Step> step(Landmark.Place place) {
    return step(place.anchor(), place.number());
  }

  Optional<Step> step(String anchor, int number) {
    return IntStream.range(0, drafts.size())
        .filter(i -> drafts.get(i).anchor().equals(anchor))
        .mapToObj(i -> drafts.get(i).step(number, i == answer, Blocks.CUT))
        .findFirst();
  }

  @Override
  public int besides(Set<Landmark.Place> places) {
    return drafts.size() - places.size();
  }

  /// From the first step of these spans to the last.
  ///
  /// @param head whether what stands before them belongs to them
  /// @param tail whether what stands behind them does
  List<Step> stepsAround(
      Set<String> spanIds,
      boolean head,
      boolean tail,
      ToIntFunction<String> number,
      Blocks blocks) {
    int first = -1;
    int last = -1;
    for (int i = 0; i < drafts.size(); i++) {
      if (spanIds.contains(spanId(i))) {
        first = first < 0 ? i : first;
        last = i;
      }
    }
    if (first < 0) {
      return List.of();
    }
    List<Step> steps = new ArrayList<>();
    int end = tail ? drafts.size() - 1 : last;
    for (int i = head ? 0 : first; i <= end; i++) {
      Draft draft = drafts.get(i);
      int counted = draft.isCounted() ? number.applyAsInt(spanId(i)) : Step.UNCOUNTED;
      steps.add(draft.step(counted, i == answer, blocks));
    }
    return steps;
  }

  private void add(SpanTree.Node node) {
    leave(node.depth());
    Span span = node.span();
    switch (span.kind()) {
      case AGENT -> enter(span, node.depth());
      case MODEL -> model(span);
      case TOOL -> tool(span);
      case RETRIEVER -> act(span, Kind.RETRIEVAL, span.name(), "");
      case GUARDRAIL, EVALUATOR -> act(span, Kind.CHECK, span.name(), "");
      case EMBEDDING -> act(span, Kind.PART, span.name(), modelName(span));
      case STEP, OTHER -> part(node);
    }
  }

  private void enter(Span span, int treeDepth) {
    String agent = span.origin().agent() == null ? span.name() : span.origin().agent();
    boolean inner = scope.span != null;
    Scope entered =
        new Scope(agent, inner ? scope.depth + 1 : 0, treeDepth, inner ? scope : null, span);
    if (inner) {
      drafts.add(
          draft(span, Kind.HANDOVER, scope, scope.agent, "hands over to", agent, this::handedOver));
    }
    scope = entered;
    scope.start = drafts.size();
    if (readsContent) {
      listen(span, inner);
    }
  }

  /// What a hand-over passes on is shown with it, so it is only noted as known inside.
  private void listen(Span span, boolean inner) {
    if (inner) {
      span.content().input().forEach(message -> scope.show(reader.turn(message).sameness()));
    } else {
      listening.hear(span, scope);
    }
  }

  private List<Block> handedOver(Span span, Blocks blocks) {
    List<Block> shown = new ArrayList<>();
    for (Message message : span.content().input()) {
      Turn turn = reader.turn(message);
      if (!turn.instructs()) {
        shown.add(blocks.said(Listening.words(turn)));
      }
    }
    return shown;
  }

  /// Leaves the agents that are done before a span at this depth starts.
  private void leave(int treeDepth) {
    while (scope.span != null && scope.treeDepth >= treeDepth) {
      Span span = scope.span;
      Scope done = scope;
      boolean silent =
          span.content().output().stream()
              .map(reader::turn)
              .allMatch(turn -> done.knows(turn, reader));
      boolean failed =
          span.status() == Span.Status.ERROR
              && !done.lastFailure.equals(String.valueOf(span.error()));
      if (failed || (readsContent && !silent)) {
        String role = failed ? "stopped" : "answers";
        Draft ending = draft(span, Kind.PART, done, done.agent, role, "", this::spoken);
        drafts.add(done.parent == null ? ending : ending.suffixed("-end"));
      }
      scope = done.parent == null ? outermost() : done.parent;
      scope.lastFailure = failed ? String.valueOf(span.error()) : done.lastFailure;
    }
  }

  private Scope outermost() {
    return new Scope(scope.agent, 0, -1, null, null);
  }

  private void model(Span span) {
    if (readsContent) {
      listening.hear(span, scope);
      for (Message message : span.content().output()) {
        scope.say(message);
        Turn turn = reader.turn(message);
        listening.shows(turn);
        for (Part part : turn.parts()) {
          if (part instanceof Part.Request request) {
            proposers.asks(span, request);
          }
        }
      }
    }
    scope.answered = true;
    note(span);
    drafts.add(draft(span, Kind.MODEL, scope, scope.agent, modelName(span), "", this::spoken));
  }

  private boolean note(Span span) {
    boolean failed = span.status() == Span.Status.ERROR;
    if (failed) {
      scope.lastFailure = String.valueOf(span.error());
    }
    return failed;
  }

  private List<Block> spoken(Span span, Blocks blocks) {
    List<Block> shown = new ArrayList<>();
    for (Message message : span.content().output()) {
      for (Part part : reader.turn(message).parts()) {
        switch (part) {
          case Part.Text text when !text.text().isBlank() -> shown.add(blocks.said(text.text()));
          case Part.Text _ -> {}
          case Part.Reasoning said -> shown.add(blocks.folded("Reasoning, as stated", said.text()));
          case Part.Request request -> asked(request, blocks, shown);
          case Part.Response response -> shown.add(blocks.passed("result", response.result()));
          case Part.Medium medium -> shown.add(blocks.said("[" + medium.what() + "]"));
        }
      }
    }
    return shown;
  }

  private void asked(Part.Request request, Blocks blocks, List<Block> shown) {
    String anchor = calls.anchor(request);
    shown.add(new Block.Asked(request.tool(), anchor));
    if (anchor.isEmpty() && !request.arguments().isEmpty()) {
      shown.add(blocks.passed("arguments", request.arguments()));
    }
  }

  private void tool(Span span) {
    boolean failed = note(span);
    Message arguments = span.content().arguments();
    String name = toolName(span);
    String call = name + (arguments == null ? "" : arguments.hash());
    // without its arguments nobody knows whether a call is the same again
    int tries = arguments == null ? 0 : scope.tries.getOrDefault(call, 0);
    scope.tries.put(call, failed || tries > 0 ? tries + 1 : 0);
    List<Tag> tags = new ArrayList<>();
    if (!effects.of(name).isEmpty()) {
      tags.add(Tag.of(effects.of(name)));
    }
    if (tries > 0) {
      tags.add(Tag.of("try " + (tries + 1)));
    }
    tags.addAll(SpanWords.tags(span));
    Optional<Block.Because> why = proposers.of(span);
    Function<Blocks, List<Block>> shown = shown(span, this::passed);
    drafts.add(
        new Draft(
            "",
            span,
            Kind.TOOL,
            scope.depth,
            name,
            "",
            "",
            tags,
            why.isEmpty() ? shown : blocks -> because(why.get(), shown.apply(blocks))));
  }

  private static List<Block> because(Block why, List<Block> blocks) {
    List<Block> all = new ArrayList<>();
    all.add(why);
    all.addAll(blocks);
    return all;
  }

  private List<Block> passed(Span span, Blocks blocks) {
    Content content = span.content();
    List<Block> shown = new ArrayList<>();
    if (content.arguments() != null) {
      shown.add(blocks.passed("arguments", content.arguments().json()));
    }
    content.input().forEach(m -> shown.add(blocks.passed("input", words(m))));
    if (content.result() != null) {
      shown.add(blocks.passed("result", content.result().json()));
    }
    content.output().forEach(m -> shown.add(blocks.passed("output", words(m))));
    if (content.documents() != null) {
      shown.add(blocks.passed("documents", content.documents().json()));
    }
    return shown;
  }

  private void act(Span span, Kind kind, String who, String role) {
    drafts.add(draft(span, kind, scope, who, role, "", this::passed));
  }

  /// A framework's own span is a step only where it tells something that no span below it tells.
  private void part(SpanTree.Node node) {
    Span span = node.span();
    boolean failed = span.status() == Span.Status.ERROR;
    boolean tells = readsContent && !span.content().equals(Content.NONE);
    if (node.children() == 0 && (failed || tells)) {
      act(span, Kind.PART, span.name(), "");
    } else {
      left++;
    }
  }

  private Draft draft(
      Span span,
      Kind kind,
      Scope in,
      String who,
      String role,
      String other,
      java.util.function.BiFunction<Span, Blocks, List<Block>> content) {
    return new Draft(
        "", span, kind, in.depth, who, role, other, SpanWords.tags(span), shown(span, content));
  }

  /// The blocks of a span's content, if they may be seen, and why it failed, which is always shown.
  private Function<Blocks, List<Block>> shown(
      Span span, java.util.function.BiFunction<Span, Blocks, List<Block>> content) {
    return blocks -> {
      List<Block> all = new ArrayList<>();
      if (readsContent) {
        all.addAll(content.apply(span, blocks));
      }
      if (span.status() == Span.Status.ERROR) {
        all.add(new Block.Failed(reason(span)));
      }
      return all;
    };
  }

  /// What an agent says of a failure may quote what was said to it.
  private String reason(Span span) {
    if (span.error() == null) {
      return "No reason was given.";
    }
    boolean ours = Enforced.of(span).filter(done -> !done.refusal().isEmpty()).isPresent();
    return readsContent || ours
        ? span.error()
        : "The reason is shown to those who may read content.";
  }

  /// The model that answered, "" when it is unknown.
  public static String modelName(Span span) {
    String model = span.modelName();
    return model == null ? "" : SpanWords.shortModel(model);
  }

  /// Whether the model stopped because there was no room to go on.
  public static boolean cutOff(Span span) {
    return SpanWords.cutOff(span);
  }

  /// The plain words of a message; "" where it holds none.
  public static String words(Message message) {
    return Listening.words(new TurnReader().turn(message));
  }

  /// A tool by its server and name.
  public static String toolName(Span span) {
    if (span.tool() == null) {
      return span.name();
    }
    String server = span.tool().server();
    return server == null || server.isEmpty()
        ? span.tool().name()
        : server + "/" + span.tool().name();
  }
}
