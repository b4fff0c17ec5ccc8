// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.kind;

import dev.steward.control.field.Addresses;
import dev.steward.control.field.Names;
import dev.steward.control.field.Owners;
import dev.steward.control.field.Spec;
import dev.steward.control.field.ToolFields;
import dev.steward.control.field.Within;
import dev.steward.control.json.CanonicalJson;
import dev.steward.control.yaml.Durations;
import dev.steward.control.yaml.Fields;
import dev.steward.domain.resource.Metadata;
import dev.steward.domain.resource.ToolServer;
import dev.steward.domain.resource.ToolServer.Credential;
import dev.steward.domain.resource.ToolServer.Reach;
import dev.steward.domain.resource.ToolServer.Sessions;
import dev.steward.domain.resource.ToolServer.Tool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// How a ToolServer is written.
final class ToolServerKind implements Kind<ToolServer> {
  private static final int TOOLS_MAX = 2_000;
  private static final int DOCUMENT_CHARACTERS_MAX = 500_000;
  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");

  @Override
  public Class<ToolServer> type() {
    return ToolServer.class;
  }

  @Override
  public boolean owned() {
    return true;
  }

  @Override
  public ToolServer read(Metadata metadata, Fields spec) {
    String owner = Owners.read(spec);
    ToolServer.Type type = spec.choice("type", ToolServer.Type.class, ToolServer.Type.MCP);
    String url = Addresses.read(spec, "url", Set.of("http", "https"));
    String document = document(spec);
    List<String> command = spec.texts("command");
    if (!url.isEmpty() && !command.isEmpty()) {
      spec.flaw("command", "stands beside a url; a tool server has one or the other");
    }
    if (type == ToolServer.Type.OPENAPI && (url.isEmpty() || !command.isEmpty())) {
      spec.flaw("url", "is missing; an openapi server is called at its url");
    }
    if (type == ToolServer.Type.MCP && !document.isEmpty()) {
      spec.flaw("document", "belongs to a server of the type openapi");
    }
    Map<String, String> environment = spec.map("environment");
    if (!environment.isEmpty() && command.isEmpty()) {
      spec.flaw("environment", "belongs to a server that is started by a command");
    }
    return new ToolServer(
        metadata,
        owner,
        type,
        url,
        document,
        command,
        environment,
        credential(spec, command),
        reach(spec, command),
        tools(spec));
  }

  /// Where the document lies, or what it says where it is written here.
  private static String document(Fields spec) {
    JsonNode written = spec.json("document").orElse(null);
    if (written == null || !written.isObject()) {
      return Addresses.read(spec, "document", Set.of("http", "https", "file"));
    }
    if (!written.path("openapi").asString("").startsWith("3.")) {
      spec.flaw("document", "is no OpenAPI document of version 3: it needs 'openapi: 3.x'");
    }
    String text = CanonicalJson.text(written);
    if (text.length() > DOCUMENT_CHARACTERS_MAX) {
      spec.flaw(
          "document",
          "holds more than "
              + DOCUMENT_CHARACTERS_MAX
              + " characters; name a file or an address instead");
    }
    return text;
  }

  private static Credential credential(Fields spec, List<String> command) {
    String secret = spec.text("secret", "");
    if (!secret.isEmpty() && Names.refuse(secret).isPresent()) {
      spec.flaw("secret", "must be the name of a secret, never the secret itself");
    }
    Credential.Place usual =
        command.isEmpty() ? Credential.Place.BEARER : Credential.Place.VARIABLE;
    Credential.Place place = spec.choice("secretIn", Credential.Place.class, usual);
    String name = spec.text("secretName", "");
    if (secret.isEmpty()) {
      for (String field : List.of("secretIn", "secretName")) {
        if (spec.has(field)) {
          spec.flaw(field, "says how a secret is sent, but secret names none");
        }
      }
      return Credential.NONE;
    }
    boolean own = place == Credential.Place.BEARER || place == Credential.Place.BASIC;
    if (own && !name.isEmpty()) {
      spec.flaw("secretName", "is not needed, since " + Fields.word(place) + " has its own header");
    } else if (!own && !HEADER.matcher(name).matches()) {
      spec.flaw("secretName", "must name the " + Fields.word(place) + " that the secret goes into");
    }
    if (command.isEmpty() == (place == Credential.Place.VARIABLE)) {
      spec.flaw("secretIn", "must be variable for a command, and nothing else must be");
    }
    return new Credential(secret, place, name);
  }

  /// A process may keep state that is its caller's; over HTTP a server keeps callers apart itself.
  private static Sessions sessions(List<String> command) {
    return command.isEmpty() ? Sessions.SHARED : Sessions.PER_CALLER;
  }

  private static Reach reach(Fields spec, List<String> command) {
    Reach usual = Reach.USUAL;
    return new Reach(
        spec.choice("sessions", Sessions.class, sessions(command)),
        (int) Within.read(spec, "concurrency", usual.concurrency(), 100_000),
        (int) Within.read(spec, "attempts", usual.attempts(), 10),
        Durations.read(spec, "connect", usual.connect()),
        Durations.read(spec, "call", usual.call()),
        Durations.read(spec, "idle", usual.idle()));
  }

  private static List<Tool> tools(Fields spec) {
    List<Tool> tools = new ArrayList<>();
    Set<String> names = new HashSet<>();
    List<Fields> written = spec.objects("tools");
    for (Fields tool : written) {
      Tool read = ToolFields.read(tool);
      if (!names.add(read.name())) {
        tool.flaw("name", "'" + read.name() + "' stands twice; remove one");
      }
      tools.add(read);
    }
    for (int i = 0; i < tools.size(); i++) {
      String undoing = tools.get(i).compensatedBy();
      if (!undoing.isEmpty() && !names.contains(undoing)) {
        written.get(i).flaw("compensatedBy", "'" + undoing + "' is no tool of this server");
      }
    }
    if (tools.size() > TOOLS_MAX) {
      spec.flaw("tools", "holds more than " + TOOLS_MAX + " tools; declare several servers");
    }
    return tools;
  }

  @Override
  public void write(ToolServer server, ObjectNode spec) {
    spec.put("owner", server.owner());
    if (server.type() != ToolServer.Type.MCP) {
      spec.put("type", Fields.word(server.type()));
    }
    Spec.put(spec, "url", server.url());
    if (server.documentInline()) {
      spec.set("document", CanonicalJson.read(server.document()));
    } else {
      Spec.put(spec, "document", server.document());
    }
    Spec.put(spec, "command", server.command());
    if (!server.environment().isEmpty()) {
      ObjectNode environment = spec.putObject("environment");
      new TreeMap<>(server.environment()).forEach(environment::put);
    }
    write(server.credential(), spec);
    write(server.reach(), sessions(server.command()), spec);
    if (!server.tools().isEmpty()) {
      ArrayNode tools = spec.putArray("tools");
      server.tools().forEach(tool -> ToolFields.write(tool, tools.addObject()));
    }
  }

  private static void write(Credential credential, ObjectNode spec) {
    Spec.put(spec, "secret", credential.secret());
    if (!credential.none() && credential.place() != Credential.Place.BEARER) {
      spec.put("secretIn", Fields.word(credential.place()));
    }
    Spec.put(spec, "secretName", credential.name());
  }

  private static void write(Reach reach, Sessions sessions, ObjectNode spec) {
    Reach usual = Reach.USUAL;
    if (reach.sessions() != sessions) {
      spec.put("sessions", Fields.word(reach.sessions()));
    }
    if (reach.concurrency() != usual.concurrency()) {
      spec.put("concurrency", reach.concurrency());
    }
    if (reach.attempts() != usual.attempts()) {
      spec.put("attempts", reach.attempts());
    }
    put(spec, "connect", reach.connect(), usual.connect());
    put(spec, "call", reach.call(), usual.call());
    put(spec, "idle", reach.idle(), usual.idle());
  }

  private static void put(ObjectNode spec, String name, Duration length, Duration usual) {
    if (!length.equals(usual)) {
      spec.put(name, Durations.write(length));
    }
  }
}
