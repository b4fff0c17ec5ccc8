// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.yaml;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads the documents of one YAML text. Anchors, aliases and tags are refused: nobody needs them
/// here, and they are what bombs are made of.
public final class YamlReader {
  private static final int TEXT_MAX = 256 << 20;
  private static final int DEPTH_MAX = 64;
  private static final int NODES_MAX = 1_000_000;

  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setCodePointLimit(TEXT_MAX).setParseComments(false).build();

  private final Iterator<Event> events;
  private final Flaws flaws;
  private int nodes;

  private YamlReader(Iterator<Event> events, Flaws flaws) {
    this.events = events;
    this.flaws = flaws;
  }

  /// Hands over each document that is not empty; after a flaw in the syntax the rest of the text is
  /// not read.
  public static void read(String text, Consumer<Node> documents, Flaws flaws) {
    try {
      new YamlReader(new Parse(SETTINGS).parseString(text).iterator(), flaws).documents(documents);
    } catch (MarkedYamlEngineException e) {
      flaws.add(line(e.getProblemMark()), "", "not YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      flaws.add(0, "", "not YAML: " + e.getMessage());
    } catch (Refused e) {
      flaws.add(e.line, "", e.reason);
    }
  }

  private void documents(Consumer<Node> documents) {
    while (events.hasNext()) {
      if (events.next() instanceof DocumentStartEvent) {
        nodes = 0;
        Node root = node(events.next(), 0);
        if (!Scalars.isNull(root)) {
          documents.accept(root);
        }
      }
    }
  }

  private Node node(Event event, int depth) {
    int line = line(event.getStartMark());
    if (event instanceof AliasEvent
        || (event instanceof NodeEvent anchored && anchored.getAnchor().isPresent())) {
      throw new Refused(line, "anchors and aliases are not read here; write the value out");
    }
    if (++nodes > NODES_MAX) {
      throw new Refused(line, "a document of more than " + NODES_MAX + " values; split it");
    }
    if (depth > DEPTH_MAX) {
      throw new Refused(line, "nested deeper than " + DEPTH_MAX + " levels");
    }
    return switch (event) {
      case ScalarEvent scalar -> {
        refuseTag(scalar.getTag(), line);
        yield new Node.Scalar(scalar.getValue(), scalar.isPlain(), line);
      }
      case CollectionStartEvent start -> {
        refuseTag(start.getTag(), line);
        yield start.getEventId() == Event.ID.SequenceStart
            ? items(line, depth)
            : members(line, depth);
      }
      default -> throw new Refused(line, "not YAML: " + event.getEventId() + " is out of place");
    };
  }

  private Node items(int line, int depth) {
    List<Node> items = new ArrayList<>();
    for (Event event = events.next();
        event.getEventId() != Event.ID.SequenceEnd;
        event = events.next()) {
      items.add(node(event, depth + 1));
    }
    return new Node.Items(items, line);
  }

  private Node members(int line, int depth) {
    Map<String, Node.Member> members = new LinkedHashMap<>();
    for (Event event = events.next();
        event.getEventId() != Event.ID.MappingEnd;
        event = events.next()) {
      if (!(node(event, depth + 1) instanceof Node.Scalar name)) {
        throw new Refused(line(event.getStartMark()), "the name of a field must be a word");
      }
      Node.Member member = new Node.Member(name.line(), node(events.next(), depth + 1));
      Node.Member earlier = members.putIfAbsent(name.text(), member);
      if (earlier != null) {
        flaws.add(
            name.line(),
            name.text(),
            "stands twice, first in line " + earlier.line() + "; remove one");
      }
    }
    return new Node.Members(members, line);
  }

  private static void refuseTag(Optional<String> tag, int line) {
    if (tag.isPresent()) {
      throw new Refused(line, "the tag " + tag.get() + " is not read here; remove it");
    }
  }

  private static int line(Optional<Mark> mark) {
    return mark.map(m -> m.getLine() + 1).orElse(0);
  }

  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final int line;
    private final String reason;

    Refused(int line, String reason) {
      super(reason);
      this.line = line;
      this.reason = reason;
    }
  }
}
