// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.shelf;

import dev.steward.control.kind.VersionReader;
import dev.steward.domain.Digest;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.domain.resource.Person;
import dev.steward.domain.resource.Resource;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/// Where a State finds what its digests stand for.
///
/// @param versions those of agents that were read lately: calls ask for the ones in force all the
///   time
public record Shelf(Bodies bodies, PeopleDirectory people, Map<Digest, AgentVersion> versions) {
  private static final int VERSIONS_MAX = 512;

  public Shelf(Bodies bodies, PeopleDirectory people) {
    this(bodies, people, new ConcurrentHashMap<>());
  }

  /// A version of an agent, which never changes.
  public AgentVersion version(Digest digest) {
    AgentVersion known = versions.get(digest);
    if (known == null) {
      if (versions.size() >= VERSIONS_MAX) {
        versions.clear();
      }
      known = VersionReader.stored(body(digest));
      versions.put(digest, known);
    }
    return known;
  }

  /// @throws IllegalStateException when the ledger has lost it
  public String body(Digest digest) {
    return bodies
        .find(digest)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .orElseThrow(() ->
            new IllegalStateException(
                "the ledger names body " + digest + " but does not hold it; run 'steward verify'"));
  }

  public Person person(String id, Revision revision) {
    Digest card = Objects.requireNonNull(revision.card(), "a person's revision has a card");
    return people
        .text(card)
        .map(words -> new StoredForm(body(bodyOf(revision)), "", words).readPerson(id))
        .orElseGet(() -> new StoredForm("", "", "").readPerson(id));
  }

  public Resource resource(Revision revision, UnaryOperator<String> nameOf) {
    Digest version = revision.version();
    return new StoredForm(body(bodyOf(revision)), version == null ? "" : body(version), "")
        .read(nameOf);
  }

  private static Digest bodyOf(Revision revision) {
    return Objects.requireNonNull(revision.body(), "a tombstone has no body");
  }
}
