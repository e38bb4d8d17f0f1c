using Dashboard.Core.Primitives;

namespace Dashboard.Core.Operators;

/// <summary>What became of a new operator.</summary>
public abstract record OperatorCreation
{
    private OperatorCreation()
    {
    }

    /// <summary>Created.</summary>
    /// <param name="Operator">The operator.</param>
    /// <param name="Password">The generated password, shown once; null where one was given.</param>
    public sealed record Created(OperatorAccount Operator, string? Password) : OperatorCreation
    {
        /// <summary>Without the password.</summary>
        public override string ToString() => Operator.UserName;
    }

    public sealed record NameTaken : OperatorCreation;

    public sealed record Invalid(IReadOnlyList<FieldFault> Faults) : OperatorCreation;
}

/// <summary>What became of a change of an operator.</summary>
public abstract record OperatorUpdate
{
    private OperatorUpdate()
    {
    }

    /// <summary>Changed, and every session of theirs has ended.</summary>
    /// <param name="Operator">As they are now.</param>
    /// <param name="Password">A generated password, shown once; null where it stays as it was.</param>
    public sealed record Changed(OperatorAccount Operator, string? Password) : OperatorUpdate
    {
        /// <summary>Without the password.</summary>
        public override string ToString() => Operator.UserName;
    }

    /// <summary>They were that already.</summary>
    public sealed record Already(OperatorAccount Operator) : OperatorUpdate;

    public sealed record Unknown : OperatorUpdate;

    /// <summary>Nobody takes a right from themselves, or gives themselves one.</summary>
    public sealed record Oneself : OperatorUpdate;

    /// <summary>Nobody would be left who may manage operators.</summary>
    public sealed record LastAdministrator : OperatorUpdate;
}
