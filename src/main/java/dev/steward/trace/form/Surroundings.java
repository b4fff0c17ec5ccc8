// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.form;

import dev.steward.domain.Digest;
import dev.steward.trace.dialect.Attributes;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.resource.v1.Resource;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/// What the spans of one scope of one resource share, prepared once for all of them.
///
/// @param identity hash of resource and scope, part of every span's digest
public record Surroundings(
    Attributes resource,
    String resourceJson,
    String service,
    String scopeName,
    String scopeVersion,
    byte[] identity) {
  private static final String UNKNOWN = "unknown_service";

  public static Surroundings of(Resource resource, InstrumentationScope scope) {
    Attributes attributes = Attributes.of(resource.getAttributesList());
    String service = attributes.text("service.name");
    MessageDigest identity = Digest.sha256();
    identity.update(resource.toByteArray());
    identity.update((byte) 0);
    return new Surroundings(
        attributes,
        attributes.remaining(),
        service == null ? UNKNOWN : service,
        scope.getName(),
        scope.getVersion(),
        identity.digest(scope.toByteArray()));
  }

  /// What a span is told apart from other versions of it by.
  ///
  /// @param span its bytes
  public Digest digest(ByteBuffer span) {
    MessageDigest digest = Digest.sha256();
    digest.update(identity);
    digest.update(span);
    return Digest.ofRaw(digest.digest());
  }
}
