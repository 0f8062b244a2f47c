namespace OpsConsole.Web.BackgroundActivity.PerInstance;

/// <summary>Stretch of an instance's life that is drawn.</summary>
public enum InstanceZoom
{
    /// <summary>All of it.</summary>
    Whole,

    /// <summary>Its first five minutes.</summary>
    Start,

    /// <summary>Its last five minutes: who was aboard.</summary>
    End,
}
