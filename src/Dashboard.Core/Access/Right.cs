namespace Dashboard.Core.Access;

/// <summary>What somebody may do. Each is one row of the table of roles (<see cref="AccessTable"/>).</summary>
public enum Right
{
    /// <summary>Inspect a token, look up a failure reference, see a token's row and timeline; list tokens and failures.</summary>
    ReadTokens,

    /// <summary>See which reports others share, and end that.</summary>
    ManageShares,

    /// <summary>Revoke one token, with a reason.</summary>
    RevokeToken,

    /// <summary>Mint, revoke in bulk.</summary>
    ManageTokens,

    /// <summary>Get tokens for rooms of LiveKit, for whomever.</summary>
    MakeLiveKitTokens,

    /// <summary>See how a revocation of many tokens goes, and stop it.</summary>
    WatchRevocations,

    /// <summary>Export what is listed.</summary>
    Export,

    /// <summary>See the key ring's public part, events and metrics.</summary>
    ReadKeys,

    /// <summary>Rotate and retire keys.</summary>
    ManageKeys,

    /// <summary>Read and verify the audit log, make checkpoints.</summary>
    ReadAudit,

    /// <summary>See everybody's sessions.</summary>
    ReadSessions,

    /// <summary>End other people's sessions.</summary>
    ManageSessions,

    /// <summary>See who the operators are, their roles and which second factors they have.</summary>
    ReadOperators,

    /// <summary>Create operators, change roles, disable, unlock and reset.</summary>
    ManageOperators,

    /// <summary>See registrations of clients.</summary>
    ReadClients,

    /// <summary>See who may register clients, and the initial access tokens.</summary>
    ReadRegistration,

    /// <summary>Register, change, disable, renew and delete clients, their secrets, and who may register.</summary>
    ManageClients,

    /// <summary>See registered agents and agent keys.</summary>
    ReadAgents,

    /// <summary>Create, rotate, disable and delete agent keys, and remove agents.</summary>
    ManageAgents,

    /// <summary>See webhooks and what was sent to them.</summary>
    ReadWebhooks,

    /// <summary>Make, change, test and delete webhooks, their secrets, and send something again.</summary>
    ManageWebhooks,

    /// <summary>See alerts, the rules behind them, and who muted what.</summary>
    ReadAlerts,

    /// <summary>Acknowledge and mute alerts, and change their rules.</summary>
    ManageAlerts,

    /// <summary>See the settings in effect, how safely they are, what is kept how long, and the nodes and their store.</summary>
    ReadSettings,

    /// <summary>Let a client act for oneself, or refuse it.</summary>
    Consent,

    /// <summary>See one's own account and sessions, and end these.</summary>
    OwnAccount,

    /// <summary>Change how one's own account logs in: password, second factors.</summary>
    ChangeOwnLogin,
}
