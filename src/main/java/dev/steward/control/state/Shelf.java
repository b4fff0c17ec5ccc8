// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.state;

import dev.steward.domain.Digest;
import dev.steward.domain.resource.Person;
import dev.steward.domain.resource.Resource;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.UnaryOperator;

/// Where a State finds what its digests stand for.
public record Shelf(Bodies bodies, PeopleDirectory people) {
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
