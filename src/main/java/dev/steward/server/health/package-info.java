// SPDX-License-Identifier: Apache-2.0
/// Whether the server is alive and ready, and its counts for Prometheus.
@NullMarked
package dev.steward.server.health;

import org.jspecify.annotations.NullMarked;
