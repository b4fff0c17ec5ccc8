// SPDX-License-Identifier: Apache-2.0
/// Model calls over plain sockets: the mock provider, and a client that costs little, since both
/// share the machine with what is measured.
@NullMarked
package dev.steward.bench.model;

import org.jspecify.annotations.NullMarked;
