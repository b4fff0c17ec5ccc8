// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.registry;

import dev.steward.control.Accepted;
import dev.steward.control.Control;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Target;
import dev.steward.control.command.Command;
import dev.steward.control.manifest.Manifests;
import dev.steward.control.shelf.Revision;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.Digest;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.Person;
import dev.steward.domain.resource.Resource;
import dev.steward.server.access.Need;
import dev.steward.server.api.Asked;
import dev.steward.server.api.Sight;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import dev.steward.server.shape.ActorItem;
import dev.steward.server.shape.PlanItem;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What operators have declared, now and at any moment before.
public final class ResourcesApi {
  private static final String GROUP = "Resources";

  private final Control control;
  private final Moments moments;

  public ResourcesApi(Control control) {
    this.control = control;
    this.moments = new Moments(control);
  }

  /// One page of resources of a kind, by name.
  ///
  /// @param sequence of the control ledger that the answer is of
  public record ResourceList(long sequence, List<JsonNode> items, @Nullable String next) {}

  /// One declared form of a resource.
  ///
  /// @param version digest of the agent version declared with it
  /// @param deleted whether it is a tombstone
  public record RevisionItem(
      long sequence, Instant at, ActorItem by, @Nullable String version, boolean deleted) {
    private static RevisionItem of(Revision revision) {
      Digest version = revision.version();
      return new RevisionItem(
          revision.sequence(),
          revision.at(),
          ActorItem.of(revision.by()),
          version == null ? null : version.hex(),
          revision.deleted());
    }
  }

  /// All declared forms of a resource, the oldest first.
  public record History(List<RevisionItem> items) {}

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/resources/{kind}", Need.READ)
            .about(GROUP, "Resources of a kind, by name, in the shape of their manifests.")
            .query("at", "string", Moments.ABOUT)
            .query("limit", "integer", "At most so many, 1 to 500; usually 50.")
            .query("cursor", "string", "`next` of the page before.")
            .gives(ResourceList.class)
            .by(this::list),
        Route.get("/api/v1/resources/{kind}/{name}", Need.READ)
            .about(
                GROUP, "One resource as its manifest: JSON, or YAML with Accept: application/yaml.")
            .query("at", "string", Moments.ABOUT)
            .gives(JsonNode.class)
            .by(this::one),
        Route.get("/api/v1/resources/{kind}/{name}/history", Need.READ)
            .about(GROUP, "Every declared form of a resource, also of a deleted one.")
            .gives(History.class)
            .by(this::history),
        Route.delete("/api/v1/resources/{kind}/{name}", Need.READ)
            .about(
                GROUP,
                "Deletes a resource; its history stays. 202 where that waits for a second person.")
            .query("dryRun", "boolean", "Only tells what it would change.")
            .gives(PlanItem.class)
            .by(this::delete));
  }

  private Reply list(Exchange exchange) {
    Asked asked = new Asked(exchange);
    State state = moments.state(asked);
    Class<? extends Resource> kind = kind(exchange);
    requireKind(exchange, kind);
    String after = asked.text("cursor").orElse("");
    int limit = asked.limit();
    List<Resource> found =
        state.all(kind).stream()
            .map(Resource.class::cast)
            .filter(r -> r.name().compareTo(after) > 0)
            .filter(r -> sees(exchange, state, r))
            .sorted(java.util.Comparator.comparing(Resource::name))
            .limit(limit + 1L)
            .toList();
    List<Resource> page = found.subList(0, Math.min(limit, found.size()));
    String next = found.size() > limit ? page.getLast().name() : null;
    List<JsonNode> items = page.stream().<JsonNode>map(Manifests::show).toList();
    return Reply.json(new ResourceList(state.sequence(), items, next));
  }

  private Reply one(Exchange exchange) {
    State state = moments.state(new Asked(exchange));
    Resource resource = find(exchange, state);
    if (exchange.header("Accept").orElse("").contains("yaml")) {
      byte[] yaml = Manifests.yaml(resource).getBytes(StandardCharsets.UTF_8);
      return Reply.bytes("application/yaml", yaml);
    }
    return Reply.json(Manifests.show(resource));
  }

  private Reply history(Exchange exchange) {
    Class<? extends Resource> kind = kind(exchange);
    requireKind(exchange, kind);
    State state = control.state();
    String name = exchange.pathParameter("name");
    List<Revision> revisions = state.history(kind.getSimpleName(), name);
    if (revisions.isEmpty()) {
      throw missing(kind, name);
    }
    if (kind == Agent.class && state.agent(name).isEmpty()) {
      exchange.caller().require(Permission.READ, Target.SERVER);
    } else if (state.find(kind, name).filter(r -> !sees(exchange, state, r)).isPresent()) {
      throw missing(kind, name);
    }
    return Reply.json(new History(revisions.stream().map(RevisionItem::of).toList()));
  }

  private Reply delete(Exchange exchange) {
    Resource resource = find(exchange, control.state());
    Command command = new Command.DeleteResource(resource.kind(), resource.name());
    if (new Asked(exchange).truth("dryRun").orElse(false)) {
      return Reply.json(PlanItem.of(control.preview(command, exchange.caller().actor()), null));
    }
    Accepted accepted = control.submit(command, exchange.caller().actor());
    return PlanItem.reply(accepted);
  }

  private Resource find(Exchange exchange, State state) {
    Class<? extends Resource> kind = kind(exchange);
    requireKind(exchange, kind);
    String name = exchange.pathParameter("name");
    return state
        .find(kind, name)
        .map(Resource.class::cast)
        .filter(r -> sees(exchange, state, r))
        .orElseThrow(() -> missing(kind, name));
  }

  private static boolean sees(Exchange exchange, State state, Resource resource) {
    return !(resource instanceof Agent agent) || new Sight(exchange.caller(), state).sees(agent);
  }

  /// People's addresses are for those who may read everything.
  private static void requireKind(Exchange exchange, Class<? extends Resource> kind) {
    if (kind == Person.class) {
      exchange.caller().require(Permission.READ, Target.SERVER);
    }
  }

  private static ApiException missing(Class<? extends Resource> kind, String name) {
    return new ApiException(
        ErrorCode.NOT_FOUND, "There is no " + kind.getSimpleName() + " named " + name + ".");
  }

  private static Class<? extends Resource> kind(Exchange exchange) {
    String kind = Manifests.kind(exchange.pathParameter("kind"));
    return Arrays.stream(Resource.class.getPermittedSubclasses())
        .filter(c -> c.getSimpleName().equals(kind))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no class of kind " + kind))
        .asSubclass(Resource.class);
  }
}
