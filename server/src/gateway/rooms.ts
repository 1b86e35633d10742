// Rooms begin with their tenant, so that nothing is ever sent across one.

export const roomOfRepresentative = (tenant: string, representativeId: string) =>
  `t/${tenant}/r/${representativeId}`
