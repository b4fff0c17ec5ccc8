// SPDX-License-Identifier: Apache-2.0
/// Answers as the parts that they are made of on the wire. Bytes come in, parts go out; whatever is
/// not edited keeps every byte. It knows no dialect.
@NullMarked
package dev.steward.gateway.part;

import org.jspecify.annotations.NullMarked;
