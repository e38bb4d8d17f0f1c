using Dashboard.Core.Primitives;

namespace Dashboard.Core.Alerts;

/// <summary>What came of acknowledging an alert.</summary>
public abstract record AlertAcknowledgement
{
    private AlertAcknowledgement()
    {
    }

    public sealed record Done(Alert Alert) : AlertAcknowledgement;

    /// <summary>Somebody has it already.</summary>
    public sealed record Already(Alert Alert) : AlertAcknowledgement;

    /// <summary>It is over: there is nothing to take on.</summary>
    public sealed record Over(Alert Alert) : AlertAcknowledgement;

    public sealed record Unknown : AlertAcknowledgement;
}

/// <summary>What came of muting.</summary>
public abstract record AlertMuting
{
    private AlertMuting()
    {
    }

    public sealed record Done(AlertMute Mute) : AlertMuting;

    public sealed record Invalid(IReadOnlyList<FieldFault> Faults) : AlertMuting;
}
