import { z } from 'zod';

/** GET …/pods/{pod}/capture/evidence: the computed rules held against what the pod's istio-init printed. */
export const captureEvidenceAnswerSchema = z.object({
  /** `computed`: the log says nothing of rules, or cannot be read; `none`: no rules of a sidecar apply. */
  kind: z.enum(['verified', 'different', 'computed', 'none']),
  because: z.enum(['no-init', 'no-log', 'no-dump', 'native-nftables', 'unreadable']).exactOptional(),
  /** What the cluster said where the log could not be read. */
  message: z.string().exactOptional(),
  families: z.array(
    z.object({
      family: z.enum(['ipv4', 'ipv6']),
      /** What the kernel had afterwards, or what the program was about to load. */
      source: z.enum(['final-state', 'restore-input']),
      differences: z.array(
        z.object({
          kind: z.enum(['missing', 'extra', 'moved']),
          table: z.string(),
          chain: z.string(),
          text: z.string(),
        }),
      ),
      /** Lines of the log that are not understood. */
      unread: z.array(z.string()),
    }),
  ),
  /** What the log says went wrong while the rules were loaded. */
  errors: z.array(z.string()),
});
export type CaptureEvidenceAnswer = z.infer<typeof captureEvidenceAnswerSchema>;
