// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.run;

import dev.steward.console.answer.Answer;
import dev.steward.console.answer.CallSample;
import dev.steward.console.answer.Judge;
import dev.steward.console.answer.Matter;
import dev.steward.console.conversation.Conversation;
import dev.steward.console.conversation.Landmark;
import dev.steward.console.conversation.RunSpans;
import dev.steward.console.conversation.Step;
import dev.steward.console.conversation.Told;
import dev.steward.console.conversation.ToolEffects;
import dev.steward.console.effect.EffectPages;
import dev.steward.console.filter.PageUrl;
import dev.steward.console.format.Figures;
import dev.steward.console.format.Ids;
import dev.steward.console.frame.Crumb;
import dev.steward.console.frame.Frame;
import dev.steward.console.frame.Framer;
import dev.steward.console.frame.Templates;
import dev.steward.console.graph.GraphDraft;
import dev.steward.console.graph.GraphPicture;
import dev.steward.console.run.RunPage.Judgement;
import dev.steward.console.run.RunPage.Jump;
import dev.steward.console.run.RunPage.JumpLink;
import dev.steward.console.run.RunPage.RawSpan;
import dev.steward.console.run.RunPage.Tab;
import dev.steward.console.runs.RunRow;
import dev.steward.console.signal.RunSignalPages;
import dev.steward.console.step.StepDetail;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.LiveFeed;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.Reader;
import dev.steward.control.state.State;
import dev.steward.domain.Percent;
import dev.steward.trace.RunCosts;
import dev.steward.trace.TraceQueries;
import dev.steward.trace.gateway.OneStep;
import dev.steward.trace.graph.SpanTree;
import dev.steward.trace.run.Run;
import dev.steward.trace.span.Content;
import dev.steward.trace.span.Evaluation;
import dev.steward.trace.span.Span;
import dev.steward.trace.span.SpanKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes the pages of one run.
public final class RunPages {
  static final int STEPS_MAX = 200;
  static final int ROWS_MAX = 500;
  private static final int ROWS_BESIDE = 40;
  private static final int RAW_MAX = 50;
  private static final int LITTLE_ROOM_MAX = 6;
  private static final Pattern SPAN_ID = Pattern.compile("[0-9a-f]{16}");
  private static final Told NOTHING = Conversation.of("", new SpanTree(List.of()), false);

  private final ConsoleViews views;
  private final Framer framer;
  private final Templates templates;
  private final EffectPages effects;
  private final RunSignalPages signals;

  public RunPages(ConsoleViews views, Framer framer, Templates templates) {
    this.views = views;
    this.framer = framer;
    this.templates = templates;
    this.effects = new EffectPages(views, framer);
    this.signals = new RunSignalPages(framer);
  }

  /// @param view conversation, waterfall, graph, raw, effects or signals
  public RunPage page(PageRequest request, Reader reader, Run run, String view) {
    boolean talking = view.equals("conversation");
    boolean drawn = view.equals("graph");
    SpanTree tree =
        talking || drawn ? RunSpans.read(run, framer.traces(reader)) : outline(reader, run);
    Told conversation = talking ? conversation(reader, run, tree) : NOTHING;
    List<ContextFill> fills = new ContextFills(views.windows()).all(tree);
    Waterfall waterfall = new Waterfall(tree);
    String base = base(run);
    String selected = request.parameter("step");
    int stepFrom = talking ? from(request, STEPS_MAX, conversation.indexOf(orEmpty(selected))) : 0;
    List<Step> steps = talking ? conversation.steps(stepFrom, STEPS_MAX) : List.of();
    int rowFrom =
        view.equals("waterfall") ? from(request, ROWS_MAX, indexOf(tree, orEmpty(selected))) : 0;
    List<WaterfallRow> rows =
        switch (view) {
          case "conversation" -> waterfall.rows(0, ROWS_BESIDE);
          case "waterfall" -> waterfall.rows(rowFrom, ROWS_MAX);
          default -> List.of();
        };
    List<Evaluation> judged = framer.traces(reader).evaluations(run.traceId());
    boolean raw = view.equals("raw") && reader.readsContent(run);
    int rawFrom = raw ? from(request, RAW_MAX, indexOf(tree, orEmpty(selected))) : 0;
    return new RunPage(
        frame(request, run, view, stepFrom),
        RunHead.of(
            run,
            framer.moments(request),
            reader.readsContent(run),
            answers(views, reader, run, tree, judged, framer.traces(reader)),
            tree.spans(),
            fills,
            views.documents().apply(run.traceId())),
        tabs(base, view, selected),
        view,
        reader.readsContent(run)
            ? silence(run, tree, talking)
            : "You may not read what was said. Steps, times, costs and errors are all here.",
        talking ? jumps(landmarks(conversation, fills), base, stepFrom) : List.of(),
        steps,
        talking ? bySpan(fills) : Map.of(),
        conversation.size(),
        before(base, stepFrom, STEPS_MAX),
        next(base, stepFrom, STEPS_MAX, talking ? conversation.size() : 0),
        talking
            ? judgements(judged, tree, views.control().state(), base, reader.readsContent(run))
            : List.of(),
        conversation.leftOut(),
        rows,
        waterfall.size(),
        before(base + "/waterfall", rowFrom, ROWS_MAX),
        next(base + "/waterfall", rowFrom, ROWS_MAX, talking ? 0 : waterfall.size()),
        waterfall.ticks(),
        base + "/waterfall.json",
        drawn ? graph(reader, run, tree) : null,
        raw ? raw(reader, run, tree, rawFrom, orEmpty(selected)) : List.of(),
        before(base + "/raw", rawFrom, RAW_MAX),
        next(base + "/raw", rawFrom, RAW_MAX, raw ? waterfall.size() : 0),
        view.equals("effects") ? effects.part(request, reader, run, tree.spans()) : null,
        view.equals("signals") ? signals.part(reader, run) : null,
        selected == null ? null : detail(request, reader, run, tree, selected).orElse(null),
        base);
  }

  /// The steps of one span whole, in the frame of their run.
  public Optional<RunPage> whole(PageRequest request, Reader reader, Run run, String spanId) {
    SpanTree tree = RunSpans.read(run, framer.traces(reader));
    List<Step> steps = conversation(reader, run, tree).whole(spanId);
    if (steps.isEmpty()) {
      return Optional.empty();
    }
    RunPage page = page(request, reader, run, "step");
    return Optional.of(
        page.withSteps(
            steps,
            bySpan(new ContextFills(views.windows()).all(tree)),
            detail(request, reader, run, tree, spanId).orElse(null)));
  }

  public Optional<StepDetail> detail(PageRequest request, Reader reader, Run run, String spanId) {
    return detail(request, reader, run, outline(reader, run), spanId);
  }

  /// All rows of the waterfall.
  public byte[] waterfall(Reader reader, Run run) {
    return new Waterfall(outline(reader, run)).json();
  }

  /// What the open page of a run that is at work wants to be told.
  public LiveFeed feed(PageRequest request, Reader reader, Run run) {
    return new RunFeed(views, reader, run, framer, templates, request);
  }

  static List<Answer> answers(
      ConsoleViews views,
      Reader reader,
      Run run,
      SpanTree tree,
      List<Evaluation> judged,
      TraceQueries traces) {
    State state = views.control().state();
    return new Matter(
            run,
            tree,
            judged,
            state,
            ToolEffects.of(state),
            views.ledger().head(),
            CallSample.of(run, tree, traces, views.bindings()),
            RunCosts.of(traces, run),
            reader.seesAll())
        .answers();
  }

  private static List<Judgement> judgements(
      List<Evaluation> judged, SpanTree tree, State state, String base, boolean readsContent) {
    Set<String> steps = new HashSet<>();
    tree.nodes().forEach(node -> steps.add(node.span().key().spanId()));
    List<Judgement> shown = new ArrayList<>();
    for (Evaluation one : judged) {
      String score = one.score() == null ? "" : Figures.plain(one.score());
      String label = one.label() == null ? "" : one.label();
      String said = label + (label.isEmpty() || score.isEmpty() ? "" : ", ") + score;
      String spanId = one.spanId();
      shown.add(
          new Judgement(
              one.name(),
              RunRow.outcomeTone(one.label()),
              said,
              one.explanation() == null || !readsContent ? "" : one.explanation(),
              Judge.words(one.by(), state),
              spanId == null || !steps.contains(spanId)
                  ? null
                  : PageUrl.of(base).with("step", spanId) + "#s-" + spanId));
    }
    return shown;
  }

  private GraphPicture graph(Reader reader, Run run, SpanTree tree) {
    return new GraphDraft(
            tree, reader.readsContent(run), ids -> framer.traces(reader).spans(run.traceId(), ids))
        .draw();
  }

  /// Why nothing that was said is there, "" when something is.
  private static String silence(Run run, SpanTree tree, boolean talking) {
    if (!talking || RunSpans.isLong(run) || run.modelCalls() == 0) {
      return "";
    }
    boolean silent =
        tree.nodes().stream().map(node -> node.span().content()).noneMatch(RunPages::tells);
    return silent
        ? "Its sender recorded no messages: only times, tokens and names are known. Switch content"
            + " capture on in its instrumentation to read what was said."
        : "";
  }

  private static boolean tells(Content content) {
    return !content.input().isEmpty()
        || !content.output().isEmpty()
        || content.arguments() != null
        || content.result() != null;
  }

  /// The tree alone: what was said is not in it.
  private SpanTree outline(Reader reader, Run run) {
    return RunSpans.tree(run, framer.traces(reader).outline(run.traceId()));
  }

  private Optional<Span> span(Reader reader, Run run, SpanTree tree, String spanId) {
    SpanKey key = new SpanKey(run.traceId(), spanId);
    if (tree.nodes().stream().noneMatch(node -> node.span().key().equals(key))) {
      return Optional.empty();
    }
    Optional<Span> span = framer.traces(reader).span(key);
    Span gateway = OneStep.pairs(framer.traces(reader).outline(run.traceId())).get(spanId);
    if (gateway == null || span.isEmpty()) {
      return span;
    }
    return framer
        .traces(reader)
        .span(gateway.key())
        .map(told -> OneStep.merged(span.get(), told))
        .or(() -> span);
  }

  private Told conversation(Reader reader, Run run, SpanTree tree) {
    ToolEffects effects = ToolEffects.of(views.control().state());
    return RunSpans.told(run, tree, effects, reader.readsContent(run), framer.traces(reader));
  }

  static Map<String, ContextFill> bySpan(List<ContextFill> fills) {
    Map<String, ContextFill> bySpan = new HashMap<>();
    fills.forEach(fill -> bySpan.put(fill.spanId(), fill));
    return bySpan;
  }

  /// Those of the conversation, and the calls that had little room left.
  private static List<Landmark> landmarks(Told conversation, List<ContextFill> fills) {
    List<Landmark> landmarks = new ArrayList<>(conversation.landmarks());
    List<Landmark.Place> places = new ArrayList<>();
    int count = 0;
    for (ContextFill fill : fills) {
      if (fill.nearlyFull() && count++ < LITTLE_ROOM_MAX) {
        int number = conversation.indexOf(fill.spanId()) + 1;
        places.add(new Landmark.Place(number, "s-" + fill.spanId(), fill.spanId()));
      }
    }
    if (count > 0) {
      landmarks.add(
          Math.max(0, landmarks.size() - 1),
          new Landmark("Window over 80 % full", "warning", count, places));
    }
    return landmarks;
  }

  private static List<Jump> jumps(List<Landmark> landmarks, String base, int stepFrom) {
    List<Jump> jumps = new ArrayList<>();
    for (Landmark landmark : landmarks) {
      List<JumpLink> links = new ArrayList<>();
      for (Landmark.Place place : landmark.places()) {
        int from = (place.number() - 1) / STEPS_MAX * STEPS_MAX;
        String page =
            from == stepFrom ? "" : PageUrl.of(base).with("from", String.valueOf(from)).toString();
        links.add(new JumpLink("#" + place.number(), page + "#" + place.anchor()));
      }
      int more = landmark.count() - links.size();
      String words =
          links.size() < 2
              ? landmark.name()
              : Figures.count(landmark.count()) + " " + landmark.name().toLowerCase(Locale.ROOT);
      jumps.add(
          new Jump(
              landmark.tone(),
              words,
              links,
              more == 0 ? "" : "and " + Figures.count(more) + " more"));
    }
    return jumps;
  }

  private Optional<StepDetail> detail(
      PageRequest request, Reader reader, Run run, SpanTree tree, String spanId) {
    DetailReader details =
        new DetailReader(
            framer.moments(request), reader.readsContent(run), new ContextFills(views.windows()));
    return span(reader, run, tree, spanId).map(details::detail);
  }

  private Frame frame(PageRequest request, Run run, String view, int stepFrom) {
    List<Crumb> crumbs =
        List.of(
            new Crumb("Runs", "/runs"),
            new Crumb(run.agent(), PageUrl.of("/runs").with("agent", run.agent()).toString()));
    boolean live = run.status().open() && !view.equals("step");
    String feed = live ? RunSeen.feed(base(run), view, run, stepFrom) : "";
    return framer.single(request, Ids.middle(run.id()), "runs", crumbs, feed);
  }

  /// @param selected span of the step that the other views open on too, null for none
  private static List<Tab> tabs(String base, String view, @Nullable String selected) {
    String step = selected != null && SPAN_ID.matcher(selected).matches() ? selected : null;
    return List.of(
        tab("Conversation", base, "1", view.equals("conversation"), step),
        tab("Waterfall", base + "/waterfall", "2", view.equals("waterfall"), step),
        tab("Graph", base + "/graph", "3", view.equals("graph"), step),
        tab("Raw", base + "/raw", "4", view.equals("raw"), step),
        tab("Effects", base + "/effects", "5", view.equals("effects"), step),
        tab("Signals", base + "/signals", "6", view.equals("signals"), step));
  }

  private static Tab tab(
      String label, String address, String key, boolean current, @Nullable String step) {
    String href = PageUrl.of(address).with("step", step) + (step == null ? "" : "#s-" + step);
    return new Tab(label, href, key, current ? "page" : null);
  }

  private List<RawSpan> raw(Reader reader, Run run, SpanTree tree, int from, String selected) {
    int end = Math.min(tree.nodes().size(), from + RAW_MAX);
    Map<SpanKey, Span> whole = new LinkedHashMap<>();
    tree.nodes()
        .subList(Math.min(from, end), end)
        .forEach(node -> whole.put(node.span().key(), node.span()));
    Set<String> ids = whole.keySet().stream().map(SpanKey::spanId).collect(Collectors.toSet());
    framer
        .traces(reader)
        .spans(run.traceId(), ids)
        .forEach(span -> whole.replace(span.key(), span));
    return whole.values().stream()
        .map(span -> RawSpans.of(span, span.key().spanId().equals(selected)))
        .toList();
  }

  private static int indexOf(SpanTree tree, String spanId) {
    List<SpanTree.Node> nodes = tree.nodes();
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).span().key().spanId().equals(spanId)) {
        return i;
      }
    }
    return -1;
  }

  static String base(Run run) {
    return "/runs/" + Percent.encoded(run.id());
  }

  /// Where the shown part starts: as asked, else so that the selected one is in it.
  private static int from(PageRequest request, int chunk, int selected) {
    String asked = request.parameter("from");
    if (asked != null && asked.matches("\\d{1,7}")) {
      return Integer.parseInt(asked);
    }
    return Math.max(0, selected) / chunk * chunk;
  }

  private static @Nullable String before(String address, int from, int chunk) {
    return from == 0
        ? null
        : PageUrl.of(address).with("from", String.valueOf(Math.max(0, from - chunk))).toString();
  }

  private static @Nullable String next(String address, int from, int chunk, int inAll) {
    return from + chunk >= inAll ? null : part(address, from + chunk);
  }

  /// The address of the part of a view that begins there.
  static String part(String address, int from) {
    return PageUrl.of(address).with("from", String.valueOf(from)).toString();
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
