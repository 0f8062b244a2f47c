namespace OpsConsole.Core.BackgroundActivity.Sources;

/// <summary>What a source is doing.</summary>
public enum SourceState
{
    /// <summary>Not begun: nobody has looked yet (live logs, uploads after a restart).</summary>
    Waiting,

    /// <summary>Reading. A live source and a window may have an analysis of a part already.</summary>
    Reading,

    /// <summary>Read and analysed. A live source goes on polling.</summary>
    Ready,

    /// <summary>Cannot go on; <see cref="IAnalysisSource.Problem"/> says why. A live source tries again by itself; what was read stands.</summary>
    Failed,

    /// <summary>Stopped by somebody. What was read stands; a window can be resumed.</summary>
    Cancelled,
}
