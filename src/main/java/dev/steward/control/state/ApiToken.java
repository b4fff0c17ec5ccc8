// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.state;

import dev.steward.control.access.Actor;
import dev.steward.domain.Digest;
import dev.steward.domain.resource.Person;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A token of a person or a program for the API, with the roles it carries.
///
/// @param hash SHA-256 of the value
/// @param holder id of the person whose it is, "" for a program's
/// @param purpose short name such as `ci`, never a person's
/// @param expiresAt null for one that lives until it is revoked
public record ApiToken(
    String id,
    Digest hash,
    String holder,
    String purpose,
    List<Person.Grant> grants,
    Instant issuedAt,
    Actor issuedBy,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt) {
  public boolean active(Instant now) {
    return revokedAt == null && (expiresAt == null || now.isBefore(expiresAt));
  }

  ApiToken revoked(Instant at) {
    return new ApiToken(id, hash, holder, purpose, grants, issuedAt, issuedBy, expiresAt, at);
  }
}
