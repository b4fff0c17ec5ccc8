// SPDX-License-Identifier: Apache-2.0
/// Approvals over the API.
@NullMarked
package dev.steward.server.approval;

import org.jspecify.annotations.NullMarked;
